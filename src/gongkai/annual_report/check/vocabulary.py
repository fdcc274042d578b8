"""The words in which reports speak of applications, appeals and documents, as patterns.

They match squeezed text: Simplified, half width, without white space.
"""

from __future__ import annotations

import re

from gongkai.annual_report.check.readings import OUTCOMES

CHANGE = re.compile(
    r"(?:增加|减少|上升|下降|增长|回落|回升|多|少|增|减)了?$|(?:较|比|同比|环比|相比).{0,14}[增减升降多少]"
)
YEAR = re.compile(r"(?<!\d)(20\d\d)年")
PART_OF_YEAR = re.compile(r"季度|半年|月份|\d月至|当年(?:办|答)|指导|督促|协助")
SINCE = re.compile(
    r"(?<!今年)(?<!年初)(?<!本年)(?P<year>20\d\d年)?(?:[^,。;]{0,12})以来|历年|[三五]年来|至今"
)
SPAN = re.compile(r"(20\d\d)年[^,。;]{0,8}[至到]")
LAST_YEAR = re.compile(r"(?:去年|上年|上一年|前年|往年)(?!度?(?:未办结)?(?:的)?结?转)")
CARRIED_IN = re.compile(
    r"(?:去年|上年|上一年|往年|上年度|上一年度|去年度)(?:度)?(?:未办结)?(?:的)?(?:结转|转入|转来)"
    r"|结转(?:自)?(?:去年|上一?年)|往年结转"
)
CARRIED_OUT = re.compile(
    r"(?:结转|转入|转至|转到|转|顺延|延至|跨)(?:至|到|入|于)?(?:下|次|来|明)(?:一)?(?:个)?年"
    r"|(?:下|次)一?年度?(?:继续)?(?:办理|办结|答[复覆]|处理)"
    r"|(?:正在|尚在|仍在)(?:依法|按程序)?(?:办理|处理|办)|尚未(?:办结|答[复覆]|办理)"
)
CARRIED_TO_YEAR = re.compile(r"(?:结转|转|顺延|延)(?:至|到|入)(20\d\d)年")
CARRIED_FROM_YEAR = re.compile(r"(20\d\d)年(?:度)?(?:未办结)?(?:的)?结转")
CARRIED_BARE = re.compile(r"结转(?:申请|件|数量|办理|继续办理|的|共|为)*$")

OUTCOME = re.compile(
    r"(?P<refused>不予以?公开)|(?P<part>(?:予以)?部分(?:予以)?公开)|(?P<open>(?<!不)予以公开|同意公开)"
    r"|(?P<unable>无法提供)|(?P<unprocessed>不予(?:以)?处理)|(?P<other>其他处理|其它处理)"
)
OUTCOME_ROWS = {
    "refused": OUTCOMES["不予公开"],
    "part": OUTCOMES["部分公开"],
    "open": OUTCOMES["予以公开"],
    "unable": OUTCOMES["无法提供"],
    "unprocessed": OUTCOMES["不予处理"],
    "other": OUTCOMES["其他处理"],
}
JOINED = re.compile(r"^(?:及|和|、|与|以及|或|的)+$")
OUTCOME_TAIL = re.compile(
    r"^(?:的|了|共|计|合计|为|有|答复|决定|处理|情形|类|申请|政府信息公开申请|依申请公开|案件|事项"
    r"|数量|总计|作出|\"|”|’|')*$"
)
OUTCOME_LEAD = re.compile(r"^(?:申请|的|已|均|全部|作|作出|答复|决定|依法|为|属于?)*$")

DETAILS = (
    ("3.3.1", "属于国家秘密"),
    ("3.3.2", "其他法律行政法规禁止公开"),
    ("3.3.3", "三安全一稳定"),
    ("3.3.4", "保护第三方合法权益"),
    ("3.3.5", "属于三类内部事务信息"),
    ("3.3.6", "属于四类过程性信息"),
    ("3.3.7", "属于行政执法案卷"),
    ("3.3.8", "属于行政查询事项"),
    ("3.4.1", "本机关不掌握相关政府信息"),
    ("3.4.2", "没有现成信息需要另行制作"),
    ("3.4.3", "补正后申请内容仍不明确"),
    ("3.5.1", "信访举报投诉类申请"),
    ("3.5.3", "要求提供公开出版物"),
    ("3.5.4", "无正当理由大量反复申请"),
    ("3.5.5", "要求行政机关确认或重新出具已获取信息"),
)

RECEIVE = re.compile(r"收到|接到|受理|接收|新收|新增|收悉|接受")
VOLUME_EITHER = re.compile(
    r"依申请公开(?:申请|政府信息|信息|事项|案件|件|数量)?(?:总计|共计|共|为|:)*$"
)
VOLUME = re.compile(r"申请(?:公开)?(?:总)?(?:数量|件数|量|数)(?:总计|共计|共|为|是|达|:)*$")
HANDLE = re.compile(r"办结|办理|答[复覆]|回[复覆]|处理|办毕")
DONE = re.compile(r"办结|答[复覆]|回[复覆]|办毕")
HANDLED_RIGHT = re.compile(
    r"^(?:申请)?(?:已|均|已经|全部|均已|按时|按期|依法|及时|全)*(?:办结|办理|答[复覆]|回[复覆]|处理)"
)
PUT_OFF = re.compile(r"延期|逾期|超期|延长|补正|撤回|撤销|征求|按期|按时|超时|转办")
APPLICATION = re.compile(r"申请|信息公开")
APPLICATION_ENDS = re.compile(
    r"(?:申请|依申请公开|信息公开)(?:的|事项|案件|进行|予以|作出|均|已)*$"
)
OTHER_OBJECT = re.compile(
    r"许可|登记|救助|低保|补贴|复议|诉讼|仲裁|鉴定|贷款|住房|护照|立案|执行|证照|审批|备案|奖励"
    r"|资金|项目|专利|注册|建议|提案|议案|热线|诉求|来信|来电|来访|信件|邮件|工单|留言|咨询|信箱"
    r"|举报|投诉|线索|解读|事务|政务服务|网民|问题"
)
FILLER = re.compile(
    r"^(?:其中|共|共计|合计|总计|总|为|有|的|约|全部|分别|计|了|各类|数量|总量|量|数|是|达|完毕|情况|累计|另有|另|含|包括|本年|"
    r"本年度|今年|全年|我[局县市区镇街委办乡厅]|全[市县区省镇局]|依法|依规|及时|按时|按期|均|已|现|当年|也)*$"
)
CHANNEL = re.compile(
    r"网络|网上|网站|在线|线上|信函|邮寄|邮政|邮件|邮箱|当面|现场|传真|电话|窗口|微信|公众号|渠道|平台|书面"
)
PERSONS = re.compile(r"自然人|公民|个人|群众")
BODIES = re.compile(r"法人|企业|组织|律师|机构")
TOTAL = re.compile(r"共|总|合计|累计")
OTHER_OFFICE = re.compile(
    r"(?:局|委|办公室|办|镇|乡|街道|部门|单位|中心|厅|处|所)(?:共|已|分别|各)*$"
)

APPEAL = re.compile(r"复议|诉讼|起诉|应诉|被诉")
DIRECT = re.compile(
    r"(?:未经|不经)(?:行政)?复议(?:而)?(?:直接)?(?:提起)?(?:行政)?(?:起诉|诉讼)|直接(?:提?起)?诉讼?"
)
AFTER = re.compile(r"(?:经)?复议后(?:再)?(?:提?起)?(?:行政)?(?:起诉|诉讼|诉)")
# Stages, papers and figures told in pairs (分别为 7 件、3 件) are not a count of the table.
NOT_APPEALS = re.compile(
    r"一审|二审|上诉|再审|已?审结(?<!未审结)|答[复覆]|答辩|意见书|通知|分别|出庭|调解"
)
RESULT = (
    ("pending", re.compile(r"尚未审结|未审结|正在审理|审理中|未结|尚在审理")),
    ("corrected", re.compile(r"纠正|纠错|撤销|责令|确认违法|败诉|变更")),
    ("upheld", re.compile(r"维持|驳回|胜诉")),
    ("other", re.compile(r"其他结果|其它结果|终止|撤回|不予受理")),
)

STOCK = re.compile(r"(?P<norm>(?:行政)?规范性(?:文件|档案))|(?P<rule>规章)")
STOCK_TAIL = re.compile(
    r"^(?:文件|数量|共|共计|合计|总数|总计|总|为|有|了|累计|的|目录|现|现行有效|:|等)*$"
)
STOCK_VERBS = (
    ("in_force", re.compile(r"现行有效|继续有效|有效")),
    ("repealed", re.compile(r"废止|失效|宣布失效")),
    ("made", re.compile(r"制定|制发|出台|印发|新制作|制作|下发|发布")),
    ("disclosed", re.compile(r"公开")),
)
STOCK_ROWS = {"norm": "normative_documents", "rule": "regulations"}
STOCK_VERB_ALONE = re.compile(
    r"(?:其中|同时|已|共|累计|现|新)*(?:现行有效|继续有效|有效|废止|宣布失效|失效|制定|制发|出台)(?:的|共|有)*"
)
NOT_STOCK = re.compile(
    r"审[查核]|清理|备案|解读|评估|征求|修[改订]|报送|拟|起草|合法性|公平竞争|党内|转发|建议"
)
