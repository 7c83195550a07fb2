import { channels, type Route } from "../../provider/routing";
import { channelNames, destinationNames, type Html, html, kindNames } from "../../provider/routing/map";

/** What sends a test message. The script reads the names it needs for the answer from the output. */
export function formOf(): Html {
  return html`<form id="message" method="post" action="/_emulator/inbound">
<fieldset disabled>
<p><label for="channel">Channel</label><select id="channel" name="channel">${channels.map(
    (channel) => html`<option value="${channel}">${channelNames[channel]}</option>`,
  )}</select></p>
<p><label for="from">From</label><input id="from" name="from" required value="+15005550006" autocomplete="off" spellcheck="false"></p>
<p><label for="to">To</label><input id="to" name="to" required list="addresses" autocomplete="off" spellcheck="false"></p>
<p class="body"><label for="body">Message</label><input id="body" name="body" required value="Hello" autocomplete="off"></p>
<p class="send"><button type="submit">Send</button></p>
</fieldset>
<p class="none" id="unscripted">Sending needs JavaScript here; without it: <code>POST /_emulator/inbound</code> with <code>{ "channel", "from", "to", "body" }</code> as JSON.</p>
</form>
<div id="result" aria-live="polite" data-kinds="${JSON.stringify(kindNames)}" data-destinations="${JSON.stringify(destinationNames)}"></div>`;
}

/** Suggestions for the address that a message is sent to. */
export const addressesOf = (routes: Route[]): Html =>
  html`${routes
    .slice(0, 500)
    .map(
      ({ channel, address }) =>
        html`<option value="${address}" data-channel="${channel}">${channelNames[channel]}</option>`,
    )}`;
