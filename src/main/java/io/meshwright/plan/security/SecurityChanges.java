package io.meshwright.plan.security;

import com.fasterxml.jackson.databind.JsonNode;
import io.meshwright.manifest.Fields;
import io.meshwright.mesh.Mesh;
import io.meshwright.mesh.gateway.Gateway;
import io.meshwright.mesh.terms.MeshConfig.Outbound;
import io.meshwright.plan.change.Change;
import io.meshwright.plan.change.ChangeRule;
import io.meshwright.plan.object.ObjectChanges;
import io.meshwright.plan.side.Side;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;

/** Changes that make something wider or narrower; calls between workloads are told where requests are. */
public final class SecurityChanges {
    private SecurityChanges() {}

    /** Each as one line, the worst first. */
    public static List<Change> between(Side before, Side after, ObjectChanges changes) {
        List<Change> all = new ArrayList<>();
        all.addAll(Facts.changes(
                exposed(before.mesh()),
                exposed(after.mesh()),
                ChangeRule.EXPOSURE_WIDER,
                ChangeRule.EXPOSURE_NARROWER));
        all.addAll(Facts.changes(
                outside(before.mesh()), outside(after.mesh()), ChangeRule.EGRESS_WIDER, ChangeRule.EGRESS_NARROWER));
        all.addAll(Facts.changes(
                Rights.of(before.manifests()),
                Rights.of(after.manifests()),
                ChangeRule.RIGHTS_WIDER,
                ChangeRule.RIGHTS_NARROWER));
        all.addAll(MutualTls.changes(before.mesh(), after.mesh()));
        all.addAll(UnseenPods.changes(before.mesh(), after.mesh(), changes));
        all.addAll(CallerTls.changes(before.mesh(), after.mesh(), changes));
        all.addAll(PodLeave.changes(before.mesh(), after.mesh()));
        all.addAll(Images.changes(before.mesh(), after.mesh(), changes));
        all.sort(null);
        return all;
    }

    private static Facts exposed(Mesh mesh) {
        Facts facts = new Facts();
        mesh.gateways()
                .opening()
                .forEach(gateway -> gateway.servers()
                        .forEach(server -> server.hostNames().forEach(host -> {
                            String open = "%s is open at port %d (%s%s)"
                                    .formatted(
                                            host.equals("*") ? "every host" : host,
                                            server.port(),
                                            server.protocol(),
                                            server.isTls()
                                                    ? ", TLS "
                                                            .concat(server.tls().mode())
                                                    : "");
                            facts.add(
                                    "%s %s".formatted(open, opening(gateway)),
                                    "%s of gateway %s".formatted(open, gateway.reference()),
                                    gateway.manifest().toString());
                        })));
        return facts;
    }

    /** The pods of a gateway, whatever its name, or its name where it makes its own. */
    private static String opening(Gateway gateway) {
        JsonNode selector = gateway.manifest().at("/spec/selector");
        return selector.isObject() ? new TreeMap<>(Fields.strings(selector)).toString() : gateway.reference();
    }

    private static Facts outside(Mesh mesh) {
        Facts facts = new Facts();
        mesh.services().all().stream()
                .filter(service -> service.reach().external() && service.isWritten())
                .forEach(service -> service.ports()
                        .forEach(port -> facts.add(
                                "workloads reach %s:%d outside the mesh".formatted(service.host(), port.number()),
                                service.source().manifest().toString())));
        if (mesh.config().outbound() == Outbound.ALLOW_ANY) {
            facts.add("workloads reach every host outside the mesh (outboundTrafficPolicy ALLOW_ANY)", "mesh config");
        }
        return facts;
    }
}
