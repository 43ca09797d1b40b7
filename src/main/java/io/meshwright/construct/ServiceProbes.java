package io.meshwright.construct;

import io.meshwright.construct.pod.PodContainer;
import io.meshwright.construct.pod.PodProbe;
import io.meshwright.value.Name;
import io.meshwright.value.workload.Probe;
import io.meshwright.value.workload.Probes;
import io.meshwright.value.workload.ServicePort;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The kubelet's questions to the application: as given, else the first port is opened; none where there is none. */
final class ServiceProbes {
    private final List<ServicePort> ports;
    private final Probes probes;

    ServiceProbes(List<ServicePort> ports, Probes probes) {
        this.ports = ports;
        this.probes = probes;
    }

    void addTo(PodContainer.Builder application) {
        if (ports.isEmpty() && probes.ready() == null && probes.live() == null) {
            return;
        }
        if (probes.ready() != null || !ports.isEmpty()) {
            application.ready(question(probes.ready()));
        }
        PodProbe live = question(probes.live());
        application.live(live).startup(live.during(probes.startup().seconds()));
    }

    private PodProbe question(@Nullable Probe probe) {
        if (probe == null) {
            return PodProbe.tcp(port(null).name().toString());
        }
        return asked(probe).every(probe.periodSeconds(), probe.timeoutSeconds(), probe.failureThreshold());
    }

    private PodProbe asked(Probe probe) {
        if (probe.exec() != null) {
            return PodProbe.exec(probe.exec().command().toArray(String[]::new));
        }
        ServicePort port = port(probe.port());
        if (probe.grpc() != null) {
            return PodProbe.grpc(port.targetPort().value(), probe.grpc().service());
        }
        return probe.httpGet() == null
                ? PodProbe.tcp(port.name().toString())
                : PodProbe.http(probe.httpGet().path(), port.name().toString());
    }

    private ServicePort port(@Nullable Name named) {
        Name name = named == null ? probes.port() : named;
        return ports.stream()
                .filter(port -> port.name().equals(name))
                .findFirst()
                .orElse(ports.get(0));
    }
}
