package io.meshwright.construct.healing;

import io.fabric8.kubernetes.api.model.ConfigMapBuilder;
import io.meshwright.builders.Buildable;
import io.meshwright.construct.Controller;
import io.meshwright.construct.ServiceEndpoint;
import io.meshwright.construct.Workload;
import io.meshwright.construct.network.NetworkPolicies;
import io.meshwright.construct.network.NetworkRules;
import io.meshwright.construct.object.ConstructMaker;
import io.meshwright.construct.object.KubernetesObject;
import io.meshwright.construct.pod.Pod;
import io.meshwright.construct.pod.PodContainer;
import io.meshwright.construct.pod.PodMount;
import io.meshwright.construct.pod.PodProbe;
import io.meshwright.construct.pod.PodVolume;
import io.meshwright.construct.pod.Scale;
import io.meshwright.value.KubernetesNames;
import io.meshwright.value.MeshwrightNames;
import io.meshwright.value.Name;
import io.meshwright.value.Require;
import io.meshwright.value.Required;
import io.meshwright.value.SecretRef;
import io.meshwright.value.Sha256;
import io.meshwright.value.healing.HealingAction;
import io.meshwright.value.healing.HealingNames;
import io.meshwright.value.security.Party;
import io.meshwright.value.security.TargetPort;
import io.meshwright.value.workload.Protocol;
import io.meshwright.value.workload.ServicePort;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import software.constructs.Construct;

/**
 * Runs the process of one action: a Deployment of one pod outside of the mesh, its plan, its account with the rights of
 * that action, and who may talk to whom.
 */
public final class HealingProcess extends Construct {
    private static final String FOLDER = "/etc/healing/";
    private static final String PLAN = "plan";
    private static final String TOKEN = "token";
    private static final String TLS = "tls";
    private static final int HTTPS = 443;

    private final Props props;
    private final Workload workload;

    private HealingProcess(Construct scope, String id, Props props) {
        super(scope, id);
        this.props = props;
        Name name = props.action().process();
        new HealingRights(this, props.action(), props.targets(), props.terms().application());
        String plan = HealingPlanFile.of(props);
        KubernetesObject.of(
                this,
                PLAN,
                new ConfigMapBuilder()
                        .withNewMetadata()
                        .withName("%s-plan".formatted(name))
                        .withNamespace(HealingNames.NAMESPACE.toString())
                        .endMetadata()
                        .withData(Map.of("plan.json", plan))
                        .build());
        ServiceEndpoint.of(
                this,
                "service",
                name,
                HealingNames.NAMESPACE,
                Map.of("app", name.toString()),
                List.of(ServicePort.of("https", HTTPS, HealingNames.PORT.value(), Protocol.TLS)));
        this.workload = Workload.Builder.create(this, "workload")
                .name(name)
                .namespace(HealingNames.NAMESPACE)
                .pod(pod(plan))
                .controller(Controller.deployment(Scale.fixed(1)))
                .build();
        network();
        props.terms().issuer().ifPresent(this::certificate);
    }

    /** The Deployment with its account, for what this construct cannot say. */
    public Workload workload() {
        return workload;
    }

    private Pod pod(String plan) {
        String app = props.action().process().toString();
        SecretRef token = props.terms().token();
        return Pod.of(app)
                .inject(false)
                .label(MeshwrightNames.HEALING, props.action().word())
                .annotation(MeshwrightNames.CONFIG_CHECKSUM, Sha256.of(plan.getBytes(StandardCharsets.UTF_8)))
                .token(true)
                .imagePullSecrets(props.terms().pullSecrets())
                .volume(PodVolume.config(PLAN, "%s-plan".formatted(app)))
                .volume(PodVolume.secret(TOKEN, token.name()))
                .volume(PodVolume.secret(TLS, props.action().certificate().toString()))
                .volume(PodVolume.scratch("scratch", "64Mi"))
                .container(container(token))
                .build();
    }

    private PodContainer container(SecretRef token) {
        return PodContainer.named("heal")
                .image(props.terms().image())
                .args(List.of(
                        "heal",
                        "--plan=%splan/plan.json".formatted(FOLDER),
                        "--token-file=%stoken/%s".formatted(FOLDER, token.key().orElseThrow()),
                        "--certificate=%stls/tls.crt".formatted(FOLDER),
                        "--key=%stls/tls.key".formatted(FOLDER),
                        "--clients=%stls/ca.crt".formatted(FOLDER),
                        "--port=%s".formatted(HealingNames.PORT)))
                .port("https", HealingNames.PORT.value())
                // The kubelet has no certificate that it could show.
                .probe(PodProbe.tcp("https"))
                .startup(PodProbe.tcp("https").during(60))
                .resources(props.terms().resources())
                .mount(PodMount.readOnly(PLAN, FOLDER.concat(PLAN)))
                .mount(PodMount.readOnly(TOKEN, FOLDER.concat(TOKEN)))
                .mount(PodMount.readOnly(TLS, FOLDER.concat(TLS)))
                .mount(PodMount.writable("scratch", "/tmp"))
                .build();
    }

    private void network() {
        Name name = props.action().process();
        Party pods = Party.outsideMesh(name, HealingNames.NAMESPACE, Map.of("app", name.toString()));
        new NetworkPolicies(this)
                .both(
                        "network",
                        name.toString(),
                        pods,
                        List.of(NetworkRules.from(
                                List.of(props.monitoring().alertmanager()),
                                List.of(TargetPort.tcp(HealingNames.PORT.value())))),
                        List.of(
                                NetworkRules.toDns(),
                                NetworkRules.to(props.monitoring().prometheus()),
                                NetworkRules.to(props.monitoring().alertmanager()),
                                NetworkRules.toAnywhere(NetworkRules.API_SERVER)));
    }

    private void certificate(Name issuer) {
        Name name = props.action().process();
        HealingCertificate.server(
                this,
                HealingNames.NAMESPACE,
                props.action().certificate().toString(),
                issuer,
                List.of(
                        KubernetesNames.serviceHost(name, HealingNames.NAMESPACE)
                                .toString(),
                        "%s.%s.svc".formatted(name, HealingNames.NAMESPACE)));
    }

    /**
     * All that a process needs.
     *
     * @param action that it takes
     * @param targets on which it may be taken
     * @param dryRun whether the API server is only asked whether it would
     * @param terms that all processes share
     * @param monitoring that starts it, confirms alerts and tells people
     */
    @Buildable
    record Props(
            @Required HealingAction action,
            @Required List<HealingTarget> targets,
            boolean dryRun,
            @Required HealingTerms terms,
            @Required HealingMonitoring monitoring) {
        Props {
            Require.notEmpty("targets", targets);
        }
    }

    /** Collects what a process is made of. */
    public static final class Builder extends HealingProcessSetters<Builder> {
        private final Construct scope;
        private final String id;

        private Builder(Construct scope, String id) {
            this.scope = scope;
            this.id = id;
        }

        public static Builder create(Construct scope, String id) {
            return new Builder(scope, id);
        }

        public HealingProcess build() {
            return ConstructMaker.make(scope, id, () -> new HealingProcess(scope, id, props()));
        }
    }
}
