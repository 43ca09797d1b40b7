package io.meshwright.check.admission;

import io.meshwright.check.admission.destination.DestinationRuleRules;
import io.meshwright.check.admission.entry.EndpointRules;
import io.meshwright.check.admission.entry.ServiceEntryRules;
import io.meshwright.check.admission.entry.WorkloadGroupRules;
import io.meshwright.check.admission.field.Field;
import io.meshwright.check.admission.field.KindRules;
import io.meshwright.check.admission.field.Objection;
import io.meshwright.check.admission.gateway.GatewayRules;
import io.meshwright.check.admission.part.AnnotationRules;
import io.meshwright.check.admission.proxy.EnvoyFilterRules;
import io.meshwright.check.admission.proxy.ProxyConfigRules;
import io.meshwright.check.admission.proxy.TelemetryRules;
import io.meshwright.check.admission.proxy.TrafficExtensionRules;
import io.meshwright.check.admission.proxy.WasmPluginRules;
import io.meshwright.check.admission.route.VirtualServiceRules;
import io.meshwright.check.admission.security.AuthorizationPolicyRules;
import io.meshwright.check.admission.security.PeerAuthenticationRules;
import io.meshwright.check.admission.security.RequestAuthenticationRules;
import io.meshwright.check.admission.sidecar.SidecarRules;
import io.meshwright.manifest.Kind;
import io.meshwright.manifest.Manifest;
import io.meshwright.mesh.terms.IstioVersion;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** Objections of the validating webhook of an Istio release to objects. */
public final class Admission {
    private static final Map<Kind, KindRules> RULES = rules();

    private final IstioVersion version;

    public Admission(IstioVersion version) {
        this.version = version;
    }

    private static Map<Kind, KindRules> rules() {
        Map<Kind, KindRules> rules = new TreeMap<>();
        rules.put(Kind.AUTHORIZATION_POLICY, new AuthorizationPolicyRules());
        rules.put(Kind.DESTINATION_RULE, new DestinationRuleRules());
        rules.put(Kind.ENVOY_FILTER, new EnvoyFilterRules());
        rules.put(Kind.GATEWAY, new GatewayRules());
        rules.put(Kind.PEER_AUTHENTICATION, new PeerAuthenticationRules());
        rules.put(Kind.REQUEST_AUTHENTICATION, new RequestAuthenticationRules());
        rules.put(Kind.SERVICE_ENTRY, new ServiceEntryRules());
        rules.put(Kind.SIDECAR, new SidecarRules());
        rules.put(Kind.TELEMETRY, new TelemetryRules());
        rules.put(Kind.VIRTUAL_SERVICE, new VirtualServiceRules());
        rules.put(Kind.WORKLOAD_ENTRY, spec -> EndpointRules.workload(spec, Optional.empty(), true));
        rules.put(Kind.PROXY_CONFIG, new ProxyConfigRules());
        rules.put(Kind.WORKLOAD_GROUP, new WorkloadGroupRules());
        rules.put(Kind.TRAFFIC_EXTENSION, new TrafficExtensionRules());
        rules.put(Kind.WASM_PLUGIN, new WasmPluginRules());
        return rules;
    }

    /** In the order of the fields; empty for kinds that are not Istio's. */
    public List<Objection> objections(Manifest manifest) {
        List<Objection> objections = new ArrayList<>();
        KindRules rules = RULES.get(manifest.kind());
        if (rules != null) {
            Field object = Field.of(manifest, version, objections);
            AnnotationRules.examine(object);
            rules.examine(object.at("spec"));
        }
        return objections;
    }
}
