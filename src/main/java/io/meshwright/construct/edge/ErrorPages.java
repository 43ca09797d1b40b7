package io.meshwright.construct.edge;

import static io.meshwright.construct.edge.GatewayPatches.message;

import io.meshwright.builders.Buildable;
import io.meshwright.construct.object.ConstructMaker;
import io.meshwright.value.Name;
import io.meshwright.value.Required;
import io.meshwright.value.edge.ErrorPage;
import io.meshwright.value.security.Party;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.cdk8s.ApiObject;
import software.constructs.Construct;

/**
 * Gives errors that a gateway's proxies answer themselves a body of one's own; what services answer stays as it is
 * (envoyproxy.io, local reply modification).
 */
public final class ErrorPages extends Construct {
    private final ApiObject resource;

    private ErrorPages(Construct scope, String id, Props props) {
        super(scope, id);
        List<Object> mappers = new ArrayList<>();
        props.pages().forEach(page -> page.statuses().forEach(status -> mappers.add(mapper(page, status))));
        this.resource = new GatewayPatches()
                .manager(message("local_reply_config", message("mappers", mappers)))
                .filter(this, props.name(), props.gateway());
    }

    /** The EnvoyFilter, for what this construct cannot say. */
    public ApiObject resource() {
        return resource;
    }

    private static Map<String, Object> mapper(ErrorPage page, int status) {
        List<Object> filters = new ArrayList<>();
        filters.add(message(
                "status_code_filter",
                message(
                        "comparison",
                        message(
                                "op",
                                "EQ",
                                "value",
                                message("default_value", status, "runtime_key", "error_page_%d".formatted(status))))));
        // What a route answers itself, such as a maintenance, has no flag, and keeps its own body.
        if (status == 404 || status >= 500) {
            filters.add(message("response_flag_filter", message()));
        }
        filters.add(message("header_filter", message("header", asking(page))));
        return message(
                "filter",
                message("and_filter", message("filters", filters)),
                "body_format_override",
                message(
                        "text_format_source",
                        // Envoy puts values in the place of %...%; a percent sign is written twice.
                        message("inline_string", page.page().replace("%", "%%")),
                        "content_type",
                        page.contentType()));
    }

    // A page is nothing for programs: gRPC would find it in its message.
    private static Map<String, Object> asking(ErrorPage page) {
        return page.isHtml()
                ? message("name", "accept", "string_match", message("contains", "text/html"))
                : message(
                        "name",
                        "content-type",
                        "string_match",
                        message("prefix", "application/grpc"),
                        "invert_match",
                        true,
                        "treat_missing_header_as_empty",
                        true);
    }

    /**
     * All that the pages of a gateway need.
     *
     * @param name of the EnvoyFilter
     * @param gateway the gateway's pods
     * @param pages each status in one of them
     */
    @Buildable
    record Props(
            @Required Name name,
            @Required Party gateway,
            @Required List<ErrorPage> pages) {
        Props {
            pages = ErrorPage.apart("pages", pages);
        }
    }

    /** Collects what the pages of a gateway are made of. */
    public static final class Builder extends ErrorPagesSetters<Builder> {
        private final Construct scope;
        private final String id;

        private Builder(Construct scope, String id) {
            this.scope = scope;
            this.id = id;
        }

        public static Builder create(Construct scope, String id) {
            return new Builder(scope, id);
        }

        public ErrorPages build() {
            return ConstructMaker.make(scope, id, () -> new ErrorPages(scope, id, props()));
        }
    }
}
