package io.meshwright.construct.observability;

import io.fabric8.kubernetes.api.model.ConfigMapBuilder;
import io.fabric8.kubernetes.api.model.ObjectMeta;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.fabric8.kubernetes.api.model.PersistentVolumeClaimBuilder;
import io.fabric8.kubernetes.api.model.PodTemplateSpec;
import io.fabric8.kubernetes.api.model.PodTemplateSpecBuilder;
import io.fabric8.kubernetes.api.model.Quantity;
import io.fabric8.kubernetes.api.model.ServiceAccountBuilder;
import io.fabric8.kubernetes.api.model.batch.v1.CronJobBuilder;
import io.meshwright.construct.delivery.sync.Protection;
import io.meshwright.construct.object.KubernetesObject;
import io.meshwright.construct.observability.dashboards.GrafanaBackup;
import io.meshwright.construct.observability.dashboards.GrafanaConfig;
import io.meshwright.construct.observability.settings.ClaimTerms;
import io.meshwright.construct.observability.settings.Component;
import io.meshwright.construct.observability.settings.Volumes;
import io.meshwright.construct.pod.Pod;
import io.meshwright.construct.pod.PodContainer;
import io.meshwright.construct.pod.PodMount;
import io.meshwright.construct.pod.PodVolume;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import software.constructs.Construct;

/**
 * Copies Grafana's database on a schedule to a volume of its own, and keeps a job that puts a copy back, suspended
 * until a person runs it. Both run on Grafana's node, where its volume is.
 */
final class BackupJobs extends Construct {
    static final String BACKUP = Component.GRAFANA_BACKUP.app();
    static final String VOLUME = "backups";
    static final String RESTORE = "grafana-restore";
    // A day that no year has: the job runs only when a person makes one from it.
    private static final String NEVER = "0 0 31 2 *";

    private final Plan plan;

    BackupJobs(Construct scope, Plan plan) {
        super(scope, BACKUP);
        this.plan = plan;
        KubernetesObject.of(
                this,
                "service-account",
                new ServiceAccountBuilder()
                        .withMetadata(metadata(BACKUP))
                        .withAutomountServiceAccountToken(false)
                        .build());
        KubernetesObject.of(
                this,
                "script",
                new ConfigMapBuilder()
                        .withMetadata(metadata(BACKUP))
                        .withData(new TreeMap<>(Map.of(GrafanaBackup.SCRIPT, GrafanaBackup.script())))
                        .build());
        claim(plan.settings().volumes());
        job(
                BACKUP,
                plan.props().backupSchedule(),
                false,
                GrafanaBackup.backup(plan.settings().kept().backups()));
        job(RESTORE, NEVER, true, GrafanaBackup.restore());
    }

    private void claim(Volumes volumes) {
        ClaimTerms terms = volumes.termsOf(Component.GRAFANA_BACKUP);
        Map<String, String> annotations = new TreeMap<>(Protection.annotations());
        annotations.putAll(terms.notes());
        ObjectMeta metadata = metadata(BACKUP);
        metadata.setAnnotations(annotations);
        KubernetesObject.of(
                this,
                "claim",
                new PersistentVolumeClaimBuilder()
                        .withMetadata(metadata)
                        .withNewSpec()
                        .withAccessModes("ReadWriteOnce")
                        .withStorageClassName(terms.storageClass())
                        .withNewResources()
                        .addToRequests("storage", new Quantity(volumes.backups().toString()))
                        .endResources()
                        .endSpec()
                        .build());
    }

    private void job(String name, String schedule, boolean suspended, List<String> command) {
        KubernetesObject.of(
                this,
                name,
                new CronJobBuilder()
                        .withMetadata(metadata(name))
                        .withNewSpec()
                        .withSchedule(schedule)
                        .withTimeZone("Etc/UTC")
                        .withSuspend(suspended)
                        .withConcurrencyPolicy("Forbid")
                        .withStartingDeadlineSeconds(3600L)
                        .withSuccessfulJobsHistoryLimit(3)
                        .withFailedJobsHistoryLimit(3)
                        .withNewJobTemplate()
                        .withNewSpec()
                        .withBackoffLimit(2)
                        .withActiveDeadlineSeconds(1800L)
                        .withTemplate(besideGrafana(pod(name, command).render()))
                        .endSpec()
                        .endJobTemplate()
                        .endSpec()
                        .build());
    }

    /** It needs no network at all; a sidecar would keep the job from ending. */
    private Pod pod(String name, List<String> command) {
        PodContainer.Builder container = PodContainer.named(name)
                .image(plan.image(Component.GRAFANA_BACKUP))
                .resources(plan.resources(Component.GRAFANA_BACKUP))
                .command(command)
                // Not read-only: SQLite's locks are taken by writing.
                .mount(PodMount.writable("grafana", GrafanaConfig.DATA))
                .mount(PodMount.writable(VOLUME, GrafanaBackup.BACKUPS))
                .mount(PodMount.readOnly("script", GrafanaBackup.SCRIPTS))
                .mount(PodMount.writable("scratch", "/tmp"));
        return Pod.of(BACKUP)
                .version(plan.version(Component.GRAFANA_BACKUP))
                .user(Component.GRAFANA_BACKUP.user())
                .inject(false)
                .endsForGood(true)
                .container(container.build())
                .volume(PodVolume.claim("grafana", Component.GRAFANA.app()))
                .volume(PodVolume.claim(VOLUME, BACKUP))
                .volume(PodVolume.config("script", BACKUP))
                .volume(PodVolume.scratch(
                        "scratch", plan.settings().volumes().grafana().toString()))
                .build();
    }

    /** A volume that one node can mount is mounted by two pods only on that node. */
    private static PodTemplateSpec besideGrafana(PodTemplateSpec pod) {
        return new PodTemplateSpecBuilder(pod)
                .editSpec()
                .withNewAffinity()
                .withNewPodAffinity()
                .addNewRequiredDuringSchedulingIgnoredDuringExecution()
                .withTopologyKey("kubernetes.io/hostname")
                .withNewLabelSelector()
                .addToMatchLabels("app", Component.GRAFANA.app())
                .endLabelSelector()
                .endRequiredDuringSchedulingIgnoredDuringExecution()
                .endPodAffinity()
                .endAffinity()
                .endSpec()
                .build();
    }

    private ObjectMeta metadata(String name) {
        return new ObjectMetaBuilder()
                .withName(name)
                .withNamespace(plan.namespace(Component.GRAFANA_BACKUP).toString())
                .withLabels(new TreeMap<>(Map.of("app", BACKUP)))
                .build();
    }
}
