package io.meshwright.construct.network;

import io.meshwright.value.Name;

/**
 * A listener of a Gateway of the Gateway API, as routes name it under {@code parentRefs}.
 *
 * @param namespace of the Gateway
 * @param gateway its name
 * @param section name of the listener
 * @param port of the listener
 */
public record ListenerAddress(Name namespace, Name gateway, String section, int port) {}
