package io.meshwright.incident.mending;

import io.meshwright.incident.evidence.Field;
import io.meshwright.mesh.gateway.Gateway;
import io.meshwright.mesh.gateway.Server;
import io.meshwright.mesh.route.VirtualService;
import io.meshwright.mesh.terms.HostName;
import io.meshwright.mesh.terms.Source;
import java.util.List;

/** Changes for a host that a Gateway or a VirtualService lacks, or that the two do not have together. */
final class HostMendings {
    private final Proposals proposals;
    private final String host;

    private HostMendings(Proposals proposals) {
        this.proposals = proposals;
        String asked = proposals.evidence().host();
        this.host = asked.isEmpty() ? proposals.evidence().text(Field.REQUESTED_SERVER_NAME) : asked;
    }

    static void propose(Proposals proposals) {
        HostMendings all = new HostMendings(proposals);
        if (all.host.isEmpty() || !all.host.contains(".")) {
            proposals.not("which host was asked for is not told");
            return;
        }
        List<VirtualService> serving = proposals.mesh().virtualServices().all().stream()
                .filter(service -> service.hosts().stream().anyMatch(each -> HostName.within(all.host, each)))
                .toList();
        if (serving.isEmpty()) {
            proposals.not("which service shall answer for %s is not told".formatted(all.host));
        }
        serving.forEach(all::bind);
        if (proposals.mendings().isEmpty() && !serving.isEmpty()) {
            proposals.not("which service shall answer for %s at %s is not told"
                    .formatted(proposals.evidence().text(Field.PATH), all.host));
        }
    }

    private void bind(VirtualService service) {
        List<Gateway> bound = service.gateways().stream()
                .flatMap(reference -> proposals.mesh().gateways().find(reference).stream())
                .toList();
        String home = service.manifest().home();
        if (bound.stream().anyMatch(gateway -> gateway.serves(host, home))) {
            return;
        }
        bound.forEach(gateway -> open(gateway, home));
        proposals.mesh().gateways().all().stream()
                .filter(gateway -> !bound.contains(gateway) && gateway.serves(host, home))
                .forEach(gateway -> add(service, gateway));
    }

    private void open(Gateway gateway, String home) {
        boolean encrypted =
                proposals.evidence().value(Field.REQUESTED_SERVER_NAME).isPresent();
        List<Server> http = gateway.servers().stream().filter(Server::isHttp).toList();
        List<Server> alike =
                http.stream().filter(server -> server.isTls() == encrypted).toList();
        for (Server server : alike.isEmpty() ? http : alike) {
            boolean scoped =
                    server.hosts().stream().noneMatch(each -> each.namespace().equals("*"));
            String written = scoped ? "%s/%s".formatted(home, host) : host;
            Mending mending = Mending.of(
                    "add %s to the hosts of port %d".formatted(written, server.port()),
                    server.source(),
                    body -> Mending.list(body, "hosts").add(written));
            proposals.add(
                    server.isTls()
                            ? mending.mind("The certificate of that server must be for %s too.".formatted(host))
                            : mending);
        }
    }

    private void add(VirtualService service, Gateway gateway) {
        proposals.add(Mending.of(
                "add %s to its gateways".formatted(gateway.reference()),
                Source.of(service.manifest()).at("/spec"),
                body -> {
                    if (!body.has("gateways")) {
                        body.putArray("gateways").add(VirtualService.MESH);
                    }
                    Mending.list(body, "gateways").add(gateway.reference());
                }));
    }
}
