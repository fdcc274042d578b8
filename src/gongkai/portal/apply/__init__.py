"""The citizen's side: form, receipt and progress of an application, is a letter real."""
