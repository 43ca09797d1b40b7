package io.meshwright.value.healing;

import io.meshwright.value.Name;
import io.meshwright.value.Port;

/** Names that the processes of self-healing share with whoever calls them. */
public final class HealingNames {
    /** Namespace of the processes, which holds nothing else. */
    public static final Name NAMESPACE = Name.of("healing");

    /** Name of the ConfigMap with the switch, and of the Lease by which one action is taken at a time. */
    public static final Name SHARED = Name.of("healing");

    /** Key of the switch; anything but {@code "true"} stops all. */
    public static final String SWITCH = "enabled";

    /** Secret in the tools' namespace by which Alertmanager proves who it is: tls.crt, tls.key and ca.crt. */
    public static final Name CLIENT = Name.of("healing-client");

    /** The alert by which a process tells people what it did. */
    public static final String ALERT = "HealingActed";

    /** Port of the pods, on which they end mutual TLS. */
    public static final Port PORT = Port.of(8443);

    private HealingNames() {}
}
