"""Office Open XML: .docx, .xlsx and .pptx as packages of parts ([ECMA-376])."""
