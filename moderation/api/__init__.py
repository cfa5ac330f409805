"""The API of reports, decisions and appeals: the same services as the pages."""
