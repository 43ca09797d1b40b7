package io.meshwright.construct.security;

import io.meshwright.value.Require;
import io.meshwright.value.security.Caller;
import io.meshwright.value.security.Party;

/** One caller and what it may ask. */
public record Grant(Caller limits, Party client) {
    public Grant {
        Require.present("limits", limits);
        Require.present("client", client);
    }
}
