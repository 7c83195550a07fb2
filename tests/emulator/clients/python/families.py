"""Lives of objects of each family with Twilio's SDK for Python, set up by the environment alone."""

import json
import re
import sys

from twilio.base.exceptions import TwilioRestException
from twilio.rest import Client

client = Client()


def snake(name):
    return re.sub(r"(?<=[a-z0-9])(?=[A-Z])", "_", name.replace(".", "_")).lower()


def params(given):
    return {snake(key): value for key, value in given.items()}


def refusal(call):
    try:
        call()
    except TwilioRestException as error:
        return [error.status, error.code]
    return None


def collection(family):
    place = client
    *parents, last = snake_path(family["node"])
    for part in parents:
        place = getattr(place, part)
    if "parent" in family:
        place = place(family["parent"])
    return getattr(place, last)


def snake_path(path):
    return [snake(part) for part in path.split(".")]


def live(family):
    objects = collection(family)
    made = [objects.create(**params(given)).sid for given in family["creates"]]
    listed = [item.sid for item in objects.list(page_size=50)]
    objects(made[0]).update(**params(family["change"]))
    objects(made[1]).delete()
    return {
        "made": made,
        "listed": listed,
        "missing": refusal(lambda: objects(made[1]).fetch()),
        "bad": refusal(lambda: objects.create(**params(family["bad"]))),
        "limited": refusal(lambda: objects(family["limited"]).fetch()),
    }


with open(sys.argv[1], encoding="utf-8") as plan:
    print(json.dumps({family["family"]: live(family) for family in json.load(plan)}))
