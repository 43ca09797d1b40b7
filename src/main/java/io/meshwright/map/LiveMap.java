package io.meshwright.map;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.meshwright.check.Findings;
import io.meshwright.mesh.Mesh;
import io.meshwright.trace.Trace;
import io.meshwright.trace.report.RequestRow;
import io.meshwright.trace.request.Request;
import io.meshwright.value.InvalidValue;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A map whose page asks for the way of any request. */
public final class LiveMap {
    private static final Pattern ASKED =
            Pattern.compile("(?:([A-Z]{3,10}) +)?(\\S+)(?: +from +(\\S+))?(?: +\\(([0-9a-fA-F.:]+)\\))?");

    private final String title;
    private final Findings findings;
    private final Mesh mesh;
    private final MapModel model;
    private final Trace trace;
    private final List<RequestRow> asked;

    /** Of one mesh, what the checks find in it, and rows of request tables. */
    public LiveMap(String title, Mesh mesh, Findings findings, List<RequestRow> asked) {
        this.asked = asked;
        this.mesh = mesh;
        this.title = title;
        this.findings = findings;
        this.model = MapModel.of(mesh);
        this.trace = Trace.of(mesh);
    }

    /**
     * The whole page.
     *
     * @param token with which it asks
     * @param version of the manifests that it shows
     */
    public String page(String token, String version) {
        return MapPage.template(title)
                .live(MapPage.data(title, model, mesh, findings, asked)
                        .live(token, version)
                        .json());
    }

    /**
     * The way of a request such as {@code GET https://shop.example.org/api from shop/web}; from the internet where no
     * caller is named, by GET where no method is.
     *
     * @throws InvalidValue when it is none, or nobody is called like that
     */
    public ObjectNode follow(String asked) {
        Matcher parts = ASKED.matcher(asked.strip());
        if (!parts.matches()) {
            throw new InvalidValue(
                    "request", "\"%s\" is none".formatted(asked), "write one such as GET https://shop.example.org/");
        }
        Request request = Request.of(parts.group(1) == null ? "GET" : parts.group(1), parts.group(2));
        if (parts.group(3) != null) {
            request = request.from(parts.group(3));
        }
        if (parts.group(4) != null) {
            request = request.clientIp(parts.group(4));
        }
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        new MapData(title, model).followed(json, request, trace.follow(request));
        return json;
    }
}
