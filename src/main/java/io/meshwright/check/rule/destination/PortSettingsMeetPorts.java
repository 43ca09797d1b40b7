package io.meshwright.check.rule.destination;

import com.google.auto.service.AutoService;
import io.meshwright.check.Check;
import io.meshwright.check.Finding;
import io.meshwright.check.Inspection;
import io.meshwright.check.Rule;
import io.meshwright.check.evidence.TrafficPolicies;
import io.meshwright.check.rule.proxy.PatchesMeetHosts;
import io.meshwright.manifest.Fields;
import io.meshwright.mesh.Mesh;
import io.meshwright.mesh.client.DestinationRule;
import io.meshwright.mesh.terms.Source;
import io.meshwright.mesh.workload.Service;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Settings for a port name one of the service's ports: not the container's, which callers do not know. */
@AutoService(Inspection.class)
public final class PortSettingsMeetPorts implements Check {
    @Override
    public List<Rule> rules() {
        return List.of();
    }

    @Override
    public Stream<Finding> run(Mesh mesh) {
        return mesh.destinationRules().written().stream().flatMap(rule -> findings(mesh, rule));
    }

    private static Stream<Finding> findings(Mesh mesh, DestinationRule rule) {
        List<Service> services = mesh.services().of(rule.host());
        return services.isEmpty() || !services.stream().allMatch(Service::isWritten)
                ? Stream.empty()
                : TrafficPolicies.of(rule).stream()
                        .flatMap(policy -> policy.items("portLevelSettings"))
                        .flatMap(setting -> finding(services, setting));
    }

    private static Stream<Finding> finding(List<Service> services, Source setting) {
        return Fields.number(setting.value().at("/port/number")).stream()
                .filter(number -> services.stream()
                        .noneMatch(service -> service.port(number).isPresent()))
                .map(number -> PatchesMeetHosts.SETTING_MEETS_NOTHING
                        .at(
                                setting.at("/port/number"),
                                "%s has no port %d, but %s".formatted(services.get(0), number, ports(services.get(0))))
                        .remedy("Write the port of the Service, which callers call."));
    }

    private static String ports(Service service) {
        return service.ports().stream()
                .map(port -> Integer.toString(port.number()))
                .distinct()
                .collect(Collectors.joining(", "));
    }
}
