package io.meshwright.value.traffic;

import io.meshwright.value.Defaulted;
import io.meshwright.value.Doc;

/** Changes of headers on the way to the service and on the way back. */
@Doc("Changes of headers.")
public record Headers(
        @Defaulted @Doc("On the way to the service.") HeaderOperations request,
        @Defaulted @Doc("On the way back.") HeaderOperations response) {
    private static final Headers NONE = new Headers(null, null);

    public Headers {
        request = request == null ? HeaderOperations.none() : request;
        response = response == null ? HeaderOperations.none() : response;
    }

    public static Headers none() {
        return NONE;
    }

    public boolean isNone() {
        return request.isNone() && response.isNone();
    }
}
