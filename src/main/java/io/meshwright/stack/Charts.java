package io.meshwright.stack;

import io.meshwright.construct.delivery.GatewayApiDefinitions;
import io.meshwright.construct.delivery.sync.Wave;
import io.meshwright.construct.observability.settings.Tool;
import io.meshwright.environment.Certificates;
import io.meshwright.environment.Environment;
import io.meshwright.environment.ManifestFolder;
import io.meshwright.environment.Parties;
import io.meshwright.environment.aiops.Healing;
import io.meshwright.extension.loading.Extensions;
import io.meshwright.stack.delivery.BootstrapStack;
import io.meshwright.stack.delivery.FluxDelivery;
import io.meshwright.stack.delivery.FluxStack;
import io.meshwright.stack.delivery.InstallStack;
import io.meshwright.stack.delivery.InstalledChart;
import io.meshwright.stack.delivery.StackFolder;
import io.meshwright.stack.healing.HealingStack;
import io.meshwright.stack.monitoring.MonitoringSettings;
import io.meshwright.value.InvalidValue;
import io.meshwright.value.KeyPath;
import io.meshwright.value.Url;
import io.meshwright.value.security.VirtualAddresses;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.cdk8s.App;
import org.cdk8s.Chart;

/** The charts of one environment; each is a folder of its own below {@code dist/<environment>/}. */
final class Charts {
    private final List<StackFolder> folders = new ArrayList<>();

    private Charts() {}

    static void of(App app, Environment environment, Extensions extensions) {
        new Charts().build(app, environment, extensions);
    }

    private void build(App app, Environment environment, Extensions extensions) {
        Parties parties = new Parties(environment);
        add(new NamespacesStack(app, environment), Wave.FOUNDATION);
        environment
                .cluster()
                .platform()
                .diskClass()
                .ifPresent(disks -> add(new StorageStack(app, disks), Wave.FOUNDATION));
        if (!environment.cluster().platform().addressPools().isEmpty()) {
            add(new LoadBalancerStack(app, environment), Wave.OPERATOR_RESOURCES);
        }
        if (environment.secrets().store() != null) {
            add(new SecretsStack(app, environment), Wave.OPERATOR_RESOURCES);
        }
        if (environment.certificates() != null) {
            add(new CertificatesStack(app, environment.certificates()), Wave.OPERATOR_RESOURCES);
        }
        MeshStack mesh = new MeshStack(app, environment, parties);
        folders.add(StackFolder.of(mesh, Wave.MESH, mesh.drift()));
        GatewayStack gateway = new GatewayStack(app, environment, parties);
        add(gateway, Wave.GATEWAY_RESOURCES);
        if (!environment.observability().parts().areNone()) {
            add(new Monitoring(environment).build(app, gateway.gateway()), Wave.OBSERVABILITY);
        }
        ServicesStack services = new ServicesStack(
                app,
                environment,
                parties,
                gateway.gateways(),
                Url.of(new MonitoringSettings(environment)
                        .domain()
                        .address(Tool.PROMETHEUS)
                        .inClusterUrl()));
        Waves.in(services);
        folders.add(StackFolder.of(services, Wave.SERVICES, services.drift()));
        healing(app, environment);
        boolean dnsCapture = VirtualAddresses.needDnsCapture(
                List.copyOf(environment.externals().values()));
        InstalledCharts installed = new InstalledCharts(environment, dnsCapture);
        Set<String> taken = manifests(app, environment, installed);
        if (environment.delivery().isByArgoCd()) {
            new BootstrapStack(app, installed.argoCd());
        }
        ExtendedPlatform extended = new ExtendedPlatform(app, environment, gateway.gateway(), services, taken);
        extended.run(extensions);
        folders.addAll(extended.folders());
        deliver(app, environment, installed, extended.added());
    }

    private void healing(App app, Environment environment) {
        Healing healing =
                environment.aiOps() == null ? null : environment.aiOps().healing();
        if (healing != null) {
            Certificates certificates = environment.certificates();
            HealingStack stack = new HealingStack(
                    app,
                    environment,
                    healing,
                    new Monitoring(environment).healing(),
                    ServicesStack.ID,
                    certificates == null || certificates.ca() == null
                            ? Optional.empty()
                            : Optional.of(CertificatesStack.issuer(environment)));
            folders.add(StackFolder.of(stack, Wave.SERVICES, stack.drift()));
        }
    }

    private void deliver(App app, Environment environment, InstalledCharts installed, List<AddedObject> added) {
        if (environment.delivery().isByArgoCd()) {
            new DeliveryStack(app, environment, folders, installed, added);
            return;
        }
        AdmittedKinds.of(environment, folders, added);
        if (environment.delivery().isByFlux()) {
            FluxDelivery.of(app, environment, folders, installed.all());
        } else {
            new InstallStack(app, environment, folders, installed.all());
        }
    }

    /** Folders of a team's own, after everything that they may need; returns the names of all folders. */
    private Set<String> manifests(App app, Environment environment, InstalledCharts installed) {
        Set<String> taken = new TreeSet<>(
                Set.of(BootstrapStack.ID, environment.metadata().name().toString()));
        folders.forEach(folder -> taken.add(folder.name()));
        if (environment.installsGatewayApi()) {
            taken.add(GatewayApiDefinitions.NAME.toString());
        }
        for (InstalledChart chart : installed.all()) {
            if (!taken.add(chart.name().toString())) {
                throw new InvalidValue(
                        KeyPath.of("charts").key(chart.name().toString()),
                        "is the name of an Application of the platform",
                        "give it a name of its own");
            }
        }
        for (int i = 0; i < environment.manifests().size(); i++) {
            ManifestFolder folder = environment.manifests().get(i);
            String name = folder.name().toString();
            if (!taken.add(name)) {
                throw new InvalidValue(
                        KeyPath.of("manifests").index(i),
                        "\"%s\" is the name of another stack".formatted(name),
                        "call the folder otherwise than %s".formatted(String.join(", ", taken)));
            }
            ManifestsStack stack = new ManifestsStack(app, folder);
            Waves.in(stack);
            add(stack, Wave.SERVICES);
        }
        taken.addAll(List.of(DeliveryStack.ID, FluxStack.ID, InstallStack.ID));
        return taken;
    }

    private void add(Chart chart, Wave wave) {
        folders.add(StackFolder.of(chart, wave));
    }
}
