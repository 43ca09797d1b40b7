package io.meshwright.construct;

import io.fabric8.kubernetes.api.model.ObjectMeta;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.fabric8.kubernetes.api.model.batch.v1.CronJobBuilder;
import io.fabric8.kubernetes.api.model.batch.v1.JobBuilder;
import io.meshwright.construct.pod.KubernetesModel;
import io.meshwright.construct.pod.Pod;
import io.meshwright.value.ArgoNames;
import io.meshwright.value.workload.CronJob;
import io.meshwright.value.workload.Job;

/** Pods that end: a Job, or a CronJob that makes Jobs by the clock. */
final class WorkloadJob {
    private final Pod pod;
    private final ObjectMeta metadata;

    WorkloadJob(Pod pod, ObjectMeta metadata) {
        this.pod = pod;
        this.metadata = metadata;
    }

    /**
     * A Job, which Argo CD makes anew when it changes: the API server lets nobody change its pods. It has no time to
     * live, because Argo CD would take a Job that is gone for one that is missing, and run it again.
     */
    io.fabric8.kubernetes.api.model.batch.v1.Job of(Job job) {
        return new JobBuilder()
                .withMetadata(new ObjectMetaBuilder(metadata)
                        .addToAnnotations(ArgoNames.SYNC_OPTIONS, "Force=true,Replace=true")
                        .build())
                .withNewSpec()
                .withBackoffLimit(job.backoffLimit())
                .withActiveDeadlineSeconds(job.activeDeadlineSeconds())
                .withCompletions(job.completions())
                .withParallelism(job.parallelism())
                .withTemplate(pod.render())
                .endSpec()
                .build();
    }

    io.fabric8.kubernetes.api.model.batch.v1.CronJob of(CronJob job) {
        return new CronJobBuilder()
                .withMetadata(metadata)
                .withNewSpec()
                .withSchedule(job.schedule())
                .withTimeZone(job.timeZone())
                .withConcurrencyPolicy(KubernetesModel.of(job.concurrencyPolicy(), String.class))
                .withSuspend(job.suspend() ? Boolean.TRUE : null)
                .withStartingDeadlineSeconds(job.startingDeadlineSeconds())
                .withSuccessfulJobsHistoryLimit(job.successfulJobsHistoryLimit())
                .withFailedJobsHistoryLimit(job.failedJobsHistoryLimit())
                .withNewJobTemplate()
                .withNewSpec()
                .withBackoffLimit(job.backoffLimit())
                .withActiveDeadlineSeconds(job.activeDeadlineSeconds())
                .withTemplate(pod.render())
                .endSpec()
                .endJobTemplate()
                .endSpec()
                .build();
    }
}
