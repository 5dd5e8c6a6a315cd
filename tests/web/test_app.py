def test_the_front_page_answers(quick_site):
    assert quick_site.visitor().get("/").status_code == 200


def test_a_signed_in_person_reaches_their_desk(quick_site):
    browser = quick_site.person(__import__("financing.access", fromlist=["Role"]).Role.ADMIN)
    assert browser.get("/home").headers["location"] == "/people"
    print(browser.get("/account").text)
