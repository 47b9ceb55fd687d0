"""The region's log: what was asked, agreed, checked, approved and sent, event after event, none of them edited."""
