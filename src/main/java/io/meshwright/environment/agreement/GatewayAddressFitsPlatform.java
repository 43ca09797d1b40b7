package io.meshwright.environment.agreement;

import io.meshwright.environment.Environment;
import io.meshwright.value.InvalidValue;
import java.util.List;
import java.util.Optional;

/** The gateway's address is one that the platform hands out. */
final class GatewayAddressFitsPlatform implements Agreement {
    @Override
    public List<InvalidValue> refusals(Environment environment) {
        return Optional.ofNullable(environment.gateway().address())
                .flatMap(environment.cluster().platform()::refusal)
                .stream()
                .toList();
    }
}
