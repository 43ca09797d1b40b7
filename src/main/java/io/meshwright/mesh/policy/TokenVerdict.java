package io.meshwright.mesh.policy;

import java.util.Optional;

/** A proxy's verdict on the token of a request, and the rule that decided. */
public record TokenVerdict(Result result, Optional<JwtRule> rule, String why) {
    /** Ways in which the request goes on. */
    public enum Result {
        /** No RequestAuthentication acts here. */
        UNREAD,
        /** It carries no token that is looked for, and passes: only an AuthorizationPolicy can demand one. */
        ABSENT,
        /** Its claims are known from here on. */
        VERIFIED,
        /** Answered 401. */
        UNAUTHORIZED,
        /** Answered 403: the audience is another. */
        FORBIDDEN,
        /** A CORS preflight is not looked at, so that its claims stay unknown. */
        SKIPPED
    }

    public boolean isRefused() {
        return result == Result.UNAUTHORIZED || result == Result.FORBIDDEN;
    }
}
