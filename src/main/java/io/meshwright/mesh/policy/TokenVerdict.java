package io.meshwright.mesh.policy;

import java.util.Optional;

/** A proxy's verdict on the token of a request, that token, and the rule that decided. */
public record TokenVerdict(Result result, Optional<JwtRule> rule, Optional<Token> token, String why) {
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

    /** One for which no rule decides, since no token is read. */
    static TokenVerdict without(Result result, String why) {
        return new TokenVerdict(result, Optional.empty(), Optional.empty(), why);
    }

    /** True if it rests on a token of which nobody here knows whether it is well signed and not expired. */
    public boolean isSupposed() {
        return result != Result.UNAUTHORIZED
                && token.filter(read -> !read.proven()).isPresent();
    }

    public boolean isRefused() {
        return result == Result.UNAUTHORIZED || result == Result.FORBIDDEN;
    }
}
