package io.meshwright.environment.agreement.service;

import io.meshwright.environment.Environment;
import io.meshwright.environment.Parties;
import io.meshwright.environment.agreement.part.Agreement;
import io.meshwright.environment.agreement.part.DeclaredService;
import io.meshwright.value.InvalidValue;
import io.meshwright.value.KeyPath;
import io.meshwright.value.security.Admission;
import io.meshwright.value.security.Caller;
import io.meshwright.value.security.Party;
import java.util.ArrayList;
import java.util.List;

/** Calls that are allowed can arrive, and somebody can tell whether they keep within their limits. */
public final class CallersArrive implements Agreement {
    @Override
    public List<InvalidValue> refusals(Environment environment) {
        // Without its namespace or service nobody knows whether a caller has a sidecar.
        if (!new NamesKnown().refusals(environment).isEmpty()) {
            return List.of();
        }
        Parties parties = new Parties(environment);
        List<InvalidValue> refusals = new ArrayList<>();
        DeclaredService.of(environment).forEach(declared -> {
            List<Caller> callers = declared.service().allowFrom();
            for (int i = 0; i < callers.size(); i++) {
                KeyPath at = declared.at().key("allowFrom").index(i);
                Caller caller = callers.get(i);
                InvalidValue.thrownBy(() -> admit(environment, parties, declared, caller))
                        .map(refusal -> new InvalidValue(at, refusal.problem(), refusal.remedy()))
                        .ifPresent(refusals::add);
            }
        });
        return refusals;
    }

    private static void admit(Environment environment, Parties parties, DeclaredService declared, Caller caller) {
        Party client = parties.caller(caller);
        Admission.of(
                parties.mtls(),
                parties.service(declared.name()),
                client,
                caller,
                environment.enforcementOf(declared.service()));
    }
}
