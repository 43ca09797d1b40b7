package io.meshwright.construct.network;

import io.meshwright.value.security.Party;
import io.meshwright.value.workload.ServicePort;
import java.util.List;

/** A service, as those know it who route to it and call it. */
public interface CalledService {
    /** Its pods as one end of a call. */
    Party party();

    /** The ports of its Service, of which the first is meant where none is named. */
    List<ServicePort> ports();
}
