/**
 * Behaviour of production that is reported but not certain. All but `applicationKeepsUrls` and `proxyMissingIs400` are off
 * unless switched on.
 */
export interface Quirks {
  /** What production refuses only perhaps is refused. Without it such requests are accepted. */
  strict?: boolean;
  /**
   * An empty SmsUrl, VoiceUrl or MessageStatusCallback leaves an application's URL as it is; SmsStatusCallback clears, also
   * what MessageStatusCallback set. On unless switched off.
   */
  applicationKeepsUrls?: boolean;
  /**
   * Proxy answers 400 "Invalid Service Sid" (80408) for a service that does not exist, and the like for what belongs to one,
   * instead of 404. On unless switched off.
   */
  proxyMissingIs400?: boolean;
  /** Proxy refuses new services with 80506, as it does on accounts that never used it. */
  proxyClosed?: boolean;
  /** A new trunk does not take in a request during which the number still had a voice application. */
  trunkNeedsNoApplication?: boolean;
  /** Meta never gets round to approving the new name of a WhatsApp sender. */
  nameReview?: boolean;
  /** TaskRouter refuses a second workspace in an account with Flex: "a Flex project can only have a single Workspace". */
  flexHasOneWorkspace?: boolean;
  /** The list of a Messaging Service's channel senders answers 404 where it has none, instead of being empty. */
  emptyChannelSendersAre404?: boolean;
  /** An address whose auto-creation changes its type still shows the old type's fields beside the new ones. */
  addressTypeSticks?: boolean;
}
