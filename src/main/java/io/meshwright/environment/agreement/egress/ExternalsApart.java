package io.meshwright.environment.agreement.egress;

import io.meshwright.environment.Environment;
import io.meshwright.environment.agreement.part.Agreement;
import io.meshwright.value.InvalidValue;
import io.meshwright.value.KeyPath;
import io.meshwright.value.security.ExternalPorts;
import java.util.List;

/** One port of a host outside the mesh is declared once. */
public final class ExternalsApart implements Agreement {
    @Override
    public List<InvalidValue> refusals(Environment environment) {
        ExternalPorts declared = new ExternalPorts();
        return environment.externals().entrySet().stream()
                .flatMap(entry ->
                        declared.add(KeyPath.of("externals").key(entry.getKey().toString()), entry.getValue()).stream())
                .toList();
    }
}
