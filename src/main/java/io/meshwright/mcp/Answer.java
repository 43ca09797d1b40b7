package io.meshwright.mcp;

import java.util.Optional;

/**
 * The answer to a message.
 *
 * @param text one line of JSON; empty where nothing is owed, as for a notification
 * @param isOfMessage false where the message was none of the protocol
 */
record Answer(Optional<String> text, boolean isOfMessage) {}
