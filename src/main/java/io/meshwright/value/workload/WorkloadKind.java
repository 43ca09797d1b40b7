package io.meshwright.value.workload;

import io.meshwright.value.Doc;
import io.meshwright.value.Word;

/** The workload that keeps the pods of a service running, where it is no Deployment. */
@Doc("What runs the pods: statefulSet, job, cronJob, or existing, which another team or chart runs; default: a"
        + " Deployment, or a StatefulSet of one pod where container.storage is given.")
public sealed interface WorkloadKind permits StatefulSet, Job, CronJob, Existing {
    /** The type, as a file spells it. */
    default String word() {
        return getClass().getAnnotation(Word.class).value();
    }

    /** True if its pods end by themselves, so that nobody calls them. */
    default boolean ends() {
        return this instanceof Job || this instanceof CronJob;
    }
}
