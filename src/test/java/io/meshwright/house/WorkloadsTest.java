package io.meshwright.house;

import static io.meshwright.construct.ManifestAssert.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import io.meshwright.check.Checks;
import io.meshwright.environment.MergedYaml;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.SortedMap;
import org.junit.jupiter.api.Test;

/**
 * What a service may say of what it runs becomes what Kubernetes calls so, and the API server and the checks admit it.
 */
class WorkloadsTest {
    private static final YAMLMapper YAML = new YAMLMapper();
    private static final String CHECKSUM = "/metadata/annotations/meshwright.io~1config-checksum";
    private static final SortedMap<String, String> OBJECTS = objects("{}");

    @Test
    void are_admitted_by_api_server_and_checks() {
        assertThat(Checks.run(Rendering.read(OBJECTS), Optional.empty()).all())
                .extracting(Object::toString)
                .filteredOn(finding -> finding.startsWith("services/"))
                .hasSize(3)
                .allMatch(finding -> finding.contains("info MESH288") && finding.contains("nativeSidecar"));
    }

    @Test
    void run_where_the_file_says() {
        assertThat(pod("web"))
                .hasJson("/imagePullSecrets", "[{name: 'registry'}, {name: 'mirror'}]")
                .hasJson("/nodeSelector", "{'kubernetes.io/arch': 'amd64'}")
                .hasJson("/tolerations", """
                    [{key: 'dedicated', operator: 'Equal', value: 'shop', effect: 'NoSchedule'},
                     {key: 'flaky', operator: 'Exists', effect: 'NoExecute', tolerationSeconds: 60},
                     {key: 'spare', operator: 'Equal', effect: 'PreferNoSchedule'}]""")
                .hasJson(
                        "/affinity/nodeAffinity/requiredDuringSchedulingIgnoredDuringExecution/nodeSelectorTerms/0",
                        "{matchExpressions: [{key: 'disk', operator: 'In', values: ['ssd', 'nvme']}]}")
                .hasJson(
                        "/affinity/podAntiAffinity/requiredDuringSchedulingIgnoredDuringExecution",
                        "[{labelSelector: {matchLabels: {app: 'web'}}, topologyKey: 'kubernetes.io/hostname'}]")
                .has("/priorityClassName", "shop-first")
                .has("/runtimeClassName", "gvisor")
                .hasJson("/hostAliases", "[{ip: '192.0.2.10', hostnames: ['legacy.example.org']}]");
        assertThat(pod("api"))
                .hasJson("/imagePullSecrets", "[{name: 'registry'}]")
                .lacks("/affinity");
        assertThat(template("web")).has("/metadata/labels/example.org~1team", "shop");
    }

    @Test
    void end_as_slowly_as_they_may_and_so_do_their_proxies() {
        assertThat(pod("web"))
                .has("/terminationGracePeriodSeconds", 60)
                .hasJson("/containers/0/lifecycle/preStop", "{sleep: {seconds: 10}}");
        assertThat(template("web"))
                .has(
                        "/metadata/annotations/proxy.istio.io~1config",
                        "{\"proxyMetadata\":{\"EXIT_ON_ZERO_ACTIVE_CONNECTIONS\":\"true\","
                                + "\"MINIMUM_DRAIN_DURATION\":\"15s\"}}");
        assertThat(template("api")).lacks("/metadata/annotations/proxy.istio.io~1config");
    }

    @Test
    void are_asked_by_http_grpc_or_a_command() {
        assertThat(pod("web"))
                .hasJson("/containers/0/readinessProbe/httpGet", "{path: '/ready', port: 'http'}")
                .has("/containers/0/readinessProbe/failureThreshold", 4)
                .hasJson("/containers/0/livenessProbe/grpc", "{port: 9090, service: 'web'}")
                .hasJson("/containers/0/startupProbe/grpc", "{port: 9090, service: 'web'}");
        assertThat(pod("mailer"))
                .hasJson("/containers/0/livenessProbe/exec", "{command: ['/bin/alive']}")
                .lacks("/containers/0/readinessProbe");
    }

    @Test
    void read_files_whose_change_starts_new_pods() {
        assertThat(object("services/ConfigMap/shop.web-files"))
                .has("/data/web.etc.web.web.conf", "workers 4\n")
                .has("/data/migrate.etc.migrate.conf", "down: false");
        assertThat((Iterable<JsonNode>) pod("web").at("/containers/0/volumeMounts"))
                .anySatisfy(mount -> assertThat(mount)
                        .has("/mountPath", "/etc/web/web.conf")
                        .has("/subPath", "web.etc.web.web.conf"));

        String checksum = "/metadata/annotations/meshwright.io~1config-checksum";
        JsonNode other =
                template(objects("services: {web: {container: {files: {/etc/web/web.conf: workers 5}}}}"), "web");
        assertThat(other.at(checksum)).isNotEqualTo(template("web").at(checksum));
    }

    @Test
    void mount_volumes_of_each_kind() {
        assertThat((Iterable<JsonNode>) pod("web").at("/volumes"))
                .extracting(JsonNode::toString)
                .contains(
                        "{\"emptyDir\":{\"medium\":\"Memory\",\"sizeLimit\":\"1Gi\"},\"name\":\"cache\"}",
                        "{\"name\":\"terms\",\"persistentVolumeClaim\":{\"claimName\":\"terms\",\"readOnly\":false}}",
                        "{\"name\":\"tls\",\"secret\":{\"secretName\":\"web-tls\"}}",
                        "{\"configMap\":{\"name\":\"settings\"},\"name\":\"settings\"}",
                        "{\"name\":\"vault\",\"projected\":{\"sources\":[{\"serviceAccountToken\":"
                                + "{\"audience\":\"vault\",\"expirationSeconds\":1800,\"path\":\"jwt\"}}]}}");
    }

    @Test
    void are_spread_scheduled_and_named_as_the_file_says() {
        String own = "labelSelector: {matchLabels: {app: 'web'}}";
        assertThat(pod("web"))
                .hasJson("/topologySpreadConstraints", """
                [{topologyKey: 'topology.kubernetes.io/zone', maxSkew: 2, whenUnsatisfiable: 'DoNotSchedule',
                  minDomains: 3, %s},
                 {topologyKey: 'kubernetes.io/hostname', maxSkew: 1, whenUnsatisfiable: 'ScheduleAnyway', %s}]""".formatted(own, own))
                .has("/schedulerName", "volcano")
                .hasJson("/dnsConfig", """
                    {searches: ['corp.example.org'],
                     options: [{name: 'ndots', value: '2'}, {name: 'single-request-reopen'}]}""");
        assertThat(pod("api"))
                .has("/topologySpreadConstraints/0/whenUnsatisfiable", "ScheduleAnyway")
                .lacks("/schedulerName")
                .lacks("/dnsConfig");
    }

    @Test
    void have_disks_that_end_with_them() {
        assertThat((Iterable<JsonNode>) pod("web").at("/volumes"))
                .anySatisfy(volume -> assertThat(volume).hasJson("", """
                {name: 'spool', ephemeral: {volumeClaimTemplate: {spec: {accessModes: ['ReadWriteOnce'],
                  storageClassName: 'fast', resources: {requests: {storage: '20Gi'}}}}}}"""));
        JsonNode other = template(
                        objects(
                                "services: {web: {pod: {volumes: {spool: {ephemeral: {size: 1Gi, storageClass: null}}}}}}"),
                        "web")
                .path("spec");
        assertThat(other.at("/volumes").toString()).contains("\"storageClassName\":\"local-path\"");
    }

    @Test
    void have_certificates_whose_keys_never_leave_their_nodes() {
        assertThat((Iterable<JsonNode>) pod("web").at("/volumes"))
                .anySatisfy(volume -> assertThat(volume).hasJson("", """
                {name: 'identity', csi: {driver: 'csi.cert-manager.io', readOnly: true, volumeAttributes: {
                  'csi.cert-manager.io/issuer-kind': 'ClusterIssuer',
                  'csi.cert-manager.io/issuer-name': 'vault',
                  'csi.cert-manager.io/dns-names': '${POD_NAME}.web.shop.svc,web.shop',
                  'csi.cert-manager.io/duration': '24h',
                  'csi.cert-manager.io/renew-before': '8h',
                  'csi.cert-manager.io/key-encoding': 'PKCS8',
                  'csi.cert-manager.io/key-usages': 'digital signature,key encipherment,server auth',
                  'csi.cert-manager.io/fs-group': '10001'}}}"""));
        assertThat(object("services/StatefulSet/shop.db").at("/spec/template/spec/volumes/1/csi/volumeAttributes"))
                .has("/csi.cert-manager.io~1issuer-name", "internal-ca")
                .has("/csi.cert-manager.io~1dns-names", "db.shop.svc.cluster.local,db.shop.svc,db.shop");
        assertThat(object("argocd/Application/cert-manager-csi-driver"))
                .has("/spec/source/targetRevision", "v0.16.0")
                .has("/spec/source/helm/valuesObject/app/kubeletRootDir", "/var/lib/kubelet");
        assertThat(object("namespaces/Namespace/cert-manager-csi-driver"))
                .has("/metadata/labels/pod-security.kubernetes.io~1enforce", "privileged");
        assertThat(object("argocd/AppProject/shop")
                        .at("/spec/clusterResourceWhitelist")
                        .toString())
                .contains("{\"group\":\"storage.k8s.io\",\"kind\":\"CSIDriver\"}");
    }

    @Test
    void have_containers_before_and_beside_them_that_reach_the_mesh() {
        assertThat(pod("web"))
                .has("/initContainers/0/name", "purge")
                .has("/initContainers/0/restartPolicy", "Always")
                .has("/initContainers/0/securityContext/runAsUser", 999)
                .has("/initContainers/1/name", "migrate")
                .has("/initContainers/1/image", "docker.io/library/httpd:2.4.65")
                .has("/initContainers/1/securityContext/readOnlyRootFilesystem", true)
                .lacks("/initContainers/1/restartPolicy");
        assertThat(template("web"))
                .has("/metadata/annotations/sidecar.istio.io~1nativeSidecar", "true")
                .has(
                        "/metadata/annotations/meshwright.io~1reason",
                        "the image writes its pid beside its program; it writes a lock beside itself");
    }

    @Test
    void have_plain_sidecars_where_the_mesh_is_older() {
        JsonNode pod = template(objects("""
                cluster: {kubernetes: "1.30"}
                istio: {version: 1.23.6, mtls: PERMISSIVE, publishedFaults: {owner: a, reason: b, expires: "2027-06-30"}}
                services: {migrate: {mesh: false}, report: {mesh: false}}
                """), "web").path("spec");

        assertThat(pod)
                .has("/containers/1/name", "purge")
                .lacks("/containers/1/restartPolicy")
                .has("/initContainers/0/name", "migrate");
    }

    @Test
    void work_without_ports_and_call_others() {
        assertThat(OBJECTS).doesNotContainKey("services/Service/shop.mailer");
        assertThat(object("services/AuthorizationPolicy/shop.api-callers").toString())
                .contains("cluster.local/ns/shop/sa/mailer");
        assertThat(OBJECTS.keySet()).noneMatch(name -> name.endsWith("/shop.mailer-callers"));
    }

    @Test
    void read_variables_from_the_pod_from_config_maps_and_secrets_in_an_order_in_which_they_may_name_each_other() {
        assertThat(pod("web")).hasJson("/containers/0/env", """
            [{name: 'DATABASE_KEY', valueFrom: {secretKeyRef: {key: 'key', name: 'database'}}},
             {name: 'MODE', value: 'fast'},
             {name: 'POD_IP', valueFrom: {fieldRef: {fieldPath: 'status.podIP'}}},
             {name: 'TEAM', valueFrom: {fieldRef: {fieldPath: 'metadata.labels[\\'example.org/team\\']'}}},
             {name: 'SELF', value: 'http://$(POD_IP):8080'},
             {name: 'MEMORY', valueFrom:
               {resourceFieldRef: {resource: 'limits.memory', divisor: '1Mi', containerName: 'purge'}}},
             {name: 'CORES', valueFrom: {resourceFieldRef: {divisor: '0', resource: 'requests.cpu'}}},
             {name: 'LEVEL', valueFrom: {configMapKeyRef: {key: 'level', name: 'levels'}}},
             {name: 'LIMIT', valueFrom: {configMapKeyRef: {key: 'most', name: 'limits', optional: true}}},
             {name: 'HINT', valueFrom: {secretKeyRef: {key: 'hint', name: 'hints', optional: true}}},
             {name: 'DATABASE', value: 'shop/$(DATABASE_KEY)'},
             {name: 'LATER', valueFrom: {secretKeyRef: {key: 'later', name: 'keys'}}}]""");
        assertThat(pod("web").at("/containers/0/envFrom"))
                .hasJson("/0", "{configMapRef: {name: 'features', optional: true}}");
    }

    @Test
    void run_as_service_accounts_that_the_file_names_and_callees_know_them_by_these() {
        assertThat(pod("web")).has("/serviceAccountName", "shop-web");
        assertThat(OBJECTS).containsKey("services/ServiceAccount/shop.shop-web");
        assertThat(OBJECTS).doesNotContainKey("services/ServiceAccount/shop.web");
        assertThat(object("services/AuthorizationPolicy/shop.api-callers").toString())
                .contains("cluster.local/ns/shop/sa/shop-web")
                .doesNotContain("cluster.local/ns/shop/sa/web\"");
    }

    @Test
    void share_volumes_that_outlive_them() {
        assertThat(object("services/PersistentVolumeClaim/shop.terms"))
                .has("/metadata/annotations/argocd.argoproj.io~1sync-options", "Prune=confirm,Delete=confirm")
                .hasJson("/spec", """
                    {accessModes: ['ReadWriteMany'], storageClassName: 'nfs', resources: {requests: {storage: '10Gi'}}}""");
        assertThat(volume("terms")).hasJson("/persistentVolumeClaim", "{claimName: 'terms', readOnly: false}");
    }

    @Test
    void mount_some_keys_with_their_modes_and_fields_of_the_pod() {
        assertThat(volume("shared")).hasJson("/configMap", """
            {name: 'levels', defaultMode: 288, items: [{key: 'level', path: 'logging/level', mode: 292}]}""");
        assertThat(volume("trust")).hasJson("/secret", """
            {secretName: 'trust', defaultMode: 256, optional: true, items: [{key: 'ca.crt', path: 'ca.pem'}]}""");
        assertThat(volume("self")).hasJson("/downwardAPI", """
            {defaultMode: 288, items: [
               {path: 'labels', mode: 292, fieldRef: {fieldPath: 'metadata.labels'}},
               {path: 'memory',
                resourceFieldRef: {resource: 'limits.memory', divisor: '1Mi', containerName: 'web'}}]}""");
    }

    @Test
    void start_anew_when_a_config_map_changes_that_they_read_and_not_for_another_one() {
        String changed = "namespaces: {shop: {configMaps: {%s: {data: {level: debug}}}}}";
        JsonNode before = template("web");
        JsonNode after = template(objects(changed.formatted("levels")), "web");

        assertThat(object("services/ConfigMap/shop.levels"))
                .hasJson("/data", "{level: 'info', 'one.properties': 'a=b'}");
        assertThat(after.at(CHECKSUM)).isNotEqualTo(before.at(CHECKSUM));
        assertThat(template(objects(changed.formatted("unread")), "web")).isEqualTo(before);
        assertThat(template(objects(changed.formatted("levels")), "api")).isEqualTo(template("api"));
    }

    @Test
    void ask_the_api_server_what_their_role_says_and_nothing_else() {
        assertThat(object("services/Role/shop.shop-web"))
                .has("/metadata/annotations/meshwright.io~1reason", "it starts a Job for each order")
                .hasJson("/rules", """
                    [{apiGroups: [''], resources: ['configmaps', 'pods/log'], verbs: ['get', 'list', 'watch']},
                     {apiGroups: ['coordination.k8s.io'], resources: ['leases'], verbs: ['create', 'deletecollection']},
                     {apiGroups: ['coordination.k8s.io'], resources: ['leases'], resourceNames: ['web.leader'],
                      verbs: ['get', 'update', 'patch', 'delete']},
                     {apiGroups: ['batch'], resources: ['jobs'], verbs: ['create']}]""");
        assertThat(object("services/RoleBinding/shop.shop-web"))
                .hasJson("/roleRef", "{apiGroup: 'rbac.authorization.k8s.io', kind: 'Role', name: 'shop-web'}")
                .hasJson("/subjects", "[{kind: 'ServiceAccount', name: 'shop-web', namespace: 'shop'}]");
        assertThat(pod("web")).has("/automountServiceAccountToken", true);
        assertThat(pod("api")).has("/automountServiceAccountToken", false);
    }

    @Test
    void reach_the_api_server_where_they_may_ask_it() {
        assertThat(object("services/NetworkPolicy/shop.web-to-api-server"))
                .hasJson("/spec/podSelector", "{matchLabels: {app: 'web'}}")
                .hasJson("/spec/egress", """
                    [{to: [{ipBlock: {cidr: '10.0.0.1/32'}}],
                      ports: [{port: 443, protocol: 'TCP'}, {port: 6443, protocol: 'TCP'}]}]""");
        assertThat(object("services/Sidecar/shop.default")
                        .at("/spec/egress/0/hosts")
                        .toString())
                .contains("default/kubernetes.default.svc.cluster.local");
        assertThat(objects("istio: {authorization: DRY_RUN}"))
                .doesNotContainKey("services/NetworkPolicy/shop.web-to-api-server");
    }

    private static JsonNode volume(String name) {
        for (JsonNode volume : pod("web").path("volumes")) {
            if (volume.path("name").asText().equals(name)) {
                return volume;
            }
        }
        throw new AssertionError(name);
    }

    @Test
    void are_pulled_by_secrets_of_the_type_that_the_kubelet_takes() {
        SortedMap<String, String> objects = objects("""
            secrets:
              store:
                type: azureKeyVault
                vault: https://shop.vault.azure.net
                tenant: 7c1f5b0e-4a55-4c39-9d7f-0e6e6b6f2a11
                clientId: 2b6f7d61-1a0a-4c67-8a36-5c0f4be1d9e4
              synced:
                shop/registry: {.dockerconfigjson: registry}
                shop/database: {url: database-url}
            """);

        assertThat(read(objects, "secrets/ExternalSecret/shop.registry"))
                .has("/spec/target/template/type", "kubernetes.io/dockerconfigjson");
        assertThat(read(objects, "secrets/ExternalSecret/shop.database")).lacks("/spec/target/template");
    }

    @Test
    void are_stateful_sets_of_several_pods_that_find_each_other() {
        assertThat(object("services/StatefulSet/shop.db"))
                .has("/spec/replicas", 3)
                .has("/spec/serviceName", "db-headless")
                .has("/spec/podManagementPolicy", "Parallel")
                .has("/spec/volumeClaimTemplates/0/metadata/name", "data")
                .has("/spec/volumeClaimTemplates/1/metadata/name", "wal")
                .has("/spec/volumeClaimTemplates/1/spec/storageClassName", "fast");
        assertThat(object("services/Service/shop.db-headless"))
                .has("/spec/clusterIP", "None")
                .has("/spec/publishNotReadyAddresses", true)
                .has("/spec/ports/0/port", 5432);
        assertThat(object("services/Service/shop.db")).lacks("/spec/clusterIP");
        assertThat(object("services/AuthorizationPolicy/shop.db-callers").toString())
                .contains("ns/shop/sa/db", "ns/shop/sa/migrate", "ns/shop/sa/report");
    }

    @Test
    void are_told_what_they_should_reserve() {
        assertThat(object("services/VerticalPodAutoscaler/shop.web")).hasJson("/spec", """
                {targetRef: {apiVersion: 'apps/v1', kind: 'Deployment', name: 'web'},
                 updatePolicy: {updateMode: 'Off'},
                 resourcePolicy: {containerPolicies: [
                   {containerName: 'web', controlledResources: ['cpu', 'memory'],
                    minAllowed: {cpu: '20m', memory: '32Mi'}, maxAllowed: {memory: '2Gi'}},
                   {containerName: 'istio-proxy', mode: 'Off'}]}}""");
        assertThat(object("services/VerticalPodAutoscaler/shop.db"))
                .hasJson("/spec/targetRef", "{apiVersion: 'apps/v1', kind: 'StatefulSet', name: 'db'}")
                .hasJson("/spec/resourcePolicy/containerPolicies/0/controlledResources", "['memory']");
        assertThat(object("argocd/AppProject/shop")
                        .at("/spec/namespaceResourceWhitelist")
                        .toString())
                .contains("{\"group\":\"autoscaling.k8s.io\",\"kind\":\"VerticalPodAutoscaler\"}");
    }

    @Test
    void are_told_so_whatever_runs_them() {
        SortedMap<String, String> objects = objects("""
            istio: {mtls: PERMISSIVE}
            services:
              web: {scale: {autoscale: null}, release: {type: canary, engine: rollouts, steps: [10]}}
              mailer: {mesh: false, scale: {vpa: {}}}
              api:
                scale: {vpa: {}}
                release: {type: canary, versions: [{name: v1, weight: 90}, {name: v2, weight: 10}]}
            """);

        assertThat(read(objects, "services/VerticalPodAutoscaler/shop.web"))
                .hasJson("/spec/targetRef", "{apiVersion: 'argoproj.io/v1alpha1', kind: 'Rollout', name: 'web'}");
        assertThat(read(objects, "services/VerticalPodAutoscaler/shop.mailer"))
                .hasJson(
                        "/spec/resourcePolicy/containerPolicies",
                        "[{containerName: 'mailer', controlledResources: ['cpu', 'memory']}]");
        assertThat(read(objects, "services/VerticalPodAutoscaler/shop.api-v2"))
                .has("/spec/targetRef/name", "api-v2")
                .has("/spec/resourcePolicy/containerPolicies/0/containerName", "api");
    }

    @Test
    void are_jobs_that_end_although_they_have_a_proxy_and_are_made_anew() {
        assertThat(object("services/Job/shop.migrate"))
                .has("/metadata/annotations/argocd.argoproj.io~1sync-options", "Force=true,Replace=true")
                .has("/spec/backoffLimit", 5)
                .has("/spec/completions", 2)
                .has("/spec/template/metadata/annotations/sidecar.istio.io~1nativeSidecar", "true")
                .has("/spec/template/spec/restartPolicy", "Never")
                .lacks("/spec/template/spec/containers/0/livenessProbe")
                .lacks("/spec/ttlSecondsAfterFinished");
        assertThat(object("services/CronJob/shop.report"))
                .has("/spec/schedule", "0 3 * * *")
                .has("/spec/timeZone", "Asia/Seoul")
                .has("/spec/concurrencyPolicy", "Replace")
                .has("/spec/jobTemplate/spec/activeDeadlineSeconds", 3600)
                .has("/spec/jobTemplate/spec/template/metadata/annotations/sidecar.istio.io~1nativeSidecar", "true");
        assertThat(OBJECTS).doesNotContainKeys("services/Service/shop.migrate", "services/Service/shop.report");
    }

    @Test
    void may_be_run_by_others_while_service_policies_and_releases_are_ours() {
        assertThat(OBJECTS)
                .doesNotContainKeys(
                        "services/Service/shop.cache",
                        "services/Deployment/shop.cache",
                        "services/ServiceAccount/shop.redis",
                        "services/Deployment/shop.legacy-v1");
        assertThat(object("services/AuthorizationPolicy/shop.cache-callers"))
                .hasJson("/spec/selector/matchLabels", "{'app.kubernetes.io/name': 'redis'}");
        assertThat(object("services/Service/shop.legacy")).hasJson("/spec/selector", "{run: 'legacy'}");
        assertThat(object("services/DestinationRule/shop.legacy"))
                .hasJson("/spec/subsets/1/labels", "{run: 'legacy', version: 'v2'}");
        assertThat(object("services/VirtualService/shop.legacy-example-org")
                        .at("/spec/http/0/route/1/weight")
                        .asInt())
                .isEqualTo(10);
    }

    private static JsonNode pod(String app) {
        return template(app).path("spec");
    }

    private static JsonNode template(String app) {
        return template(OBJECTS, app);
    }

    private static JsonNode template(SortedMap<String, String> objects, String app) {
        return read(objects, "services/Deployment/shop.%s".formatted(app)).at("/spec/template");
    }

    private static JsonNode object(String name) {
        return read(OBJECTS, name);
    }

    private static JsonNode read(SortedMap<String, String> objects, String name) {
        assertThat(objects).containsKey(name);
        try {
            return YAML.readTree(objects.get(name));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static SortedMap<String, String> objects(String patch) {
        try {
            String base = Files.readString(Path.of("test/resources/agreement/base.yaml"));
            String keys = Files.readString(Path.of("test/resources/environments/workloads.yaml"));
            return Rendering.objects(MergedYaml.of(MergedYaml.of(base, keys), patch));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
