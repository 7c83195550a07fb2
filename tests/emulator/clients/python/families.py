"""Makes, lists, changes and deletes objects of each family with Twilio's SDK for Python, set up by the environment alone."""

import json
from twilio.rest import Client

client = Client()
seen = {}


def live(family, collection, objects, change):
    """Three objects are made, the first is changed and stays."""
    made = [collection.create(**params).sid for params in objects]
    listed = [item.sid for item in collection.list(page_size=2)]
    collection(made[0]).update(**change)
    for sid in made[1:]:
        collection(sid).delete()
    seen[family] = {"made": made, "listed": listed}


def three(**params):
    """Each value with 1, 2, 3 in the place of {}."""
    return [
        {
            key: value.format(n) if isinstance(value, str) else value
            for key, value in params.items()
        }
        for n in (1, 2, 3)
    ]


named = three(friendly_name="Python {}")
renamed = {"friendly_name": "Changed by Python"}
flex = client.flex_api.v1.configuration().fetch()
conversations = client.conversations.v1
workspaces = client.taskrouter.v1.workspaces
definition = {
    "description": "Does nothing",
    "states": [
        {"name": "Trigger", "type": "trigger", "transitions": [], "properties": {}}
    ],
    "initial_state": "Trigger",
}

live(
    "flexFlows",
    client.flex_api.v1.flex_flow,
    three(
        friendly_name="Python {}",
        channel_type="sms",
        contact_identity="+1415555010{}",
        chat_service_sid=flex.chat_service_instance_sid,
        integration_type="external",
        integration_url="https://example.com/{}",
    ),
    renamed,
)
live(
    "proxyServices",
    client.proxy.v1.services,
    three(unique_name="Python {}"),
    {"unique_name": "Changed by Python"},
)
live(
    "phoneNumbers",
    client.incoming_phone_numbers,
    three(phone_number="+1415555010{}"),
    renamed,
)
live("applications", client.applications, named, renamed)
live(
    "studioFlows",
    client.studio.v2.flows,
    three(friendly_name="Python {}", status="draft", definition=definition),
    {"status": "published", **renamed},
)
live(
    "addressConfigurations",
    conversations.address_configurations,
    [
        {"type": "sms", "address": "+15017122661"},
        {"type": "sms", "address": "+15558675310"},
        {"type": "whatsapp", "address": "whatsapp:+15017122661"},
    ],
    renamed,
)
live("messagingServices", client.messaging.v1.services, named, renamed)
live("taskrouterWorkspaces", workspaces, named, renamed)
live(
    "taskrouterTaskQueues",
    workspaces(flex.taskrouter_workspace_sid).task_queues,
    named,
    renamed,
)
live("chatServices", client.chat.v2.services, named, renamed)

print(json.dumps(seen))
