"""Open data without people: what a visitor may read, as JSON and CSV; with a read token what every member reads.

`masking` takes contacts out of texts, `readers` says who asks, `kinds` declares what there is, `paging` cuts it into
pages, `writing` makes JSON and CSV of a page, `views` answers. docs/api.md is its manual.
"""
