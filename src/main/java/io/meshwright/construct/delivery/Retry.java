package io.meshwright.construct.delivery;

import imports.io.argoproj.ApplicationSpecSyncPolicyRetry;
import imports.io.argoproj.ApplicationSpecSyncPolicyRetryBackoff;
import io.meshwright.value.Version;

/**
 * Retries of a failed sync. Argo CD starts no other sync while it tries, so what mends a refused object must be read by
 * the next try, or the tries must end soon.
 */
enum Retry {
    /**
     * Each try reads the newest commit [argo-cd, {@code retry.refresh}, since 3.2]; the last one is told as a failure.
     */
    WITH_NEWEST_COMMIT(10, "10s", true),
    /** The same for ever: Argo CD would try a commit that it has given up no more. */
    UNTIL_IT_SUCCEEDS(-1, "10s", true),
    /** All tries are for one commit and end after 75 seconds. */
    SAME_COMMIT(4, "5s", false);

    private static final Version REFRESHES = Version.of("3.2");

    private final int limit;
    private final String pause;
    private final boolean refresh;

    Retry(int limit, String pause, boolean refresh) {
        this.limit = limit;
        this.pause = pause;
        this.refresh = refresh;
    }

    /** The best that this Argo CD can do. */
    static Retry of(Version argoCd) {
        return argoCd.compareTo(REFRESHES) >= 0 ? WITH_NEWEST_COMMIT : SAME_COMMIT;
    }

    /** For the Application that brings all others, whose failures are told by them. */
    Retry ofRoot() {
        return this == WITH_NEWEST_COMMIT ? UNTIL_IT_SUCCEEDS : this;
    }

    ApplicationSpecSyncPolicyRetry policy() {
        return ApplicationSpecSyncPolicyRetry.builder()
                .limit(limit)
                .refresh(refresh ? true : null)
                .backoff(ApplicationSpecSyncPolicyRetryBackoff.builder()
                        .duration(pause)
                        .factor(2)
                        .maxDuration("1m")
                        .build())
                .build();
    }
}
