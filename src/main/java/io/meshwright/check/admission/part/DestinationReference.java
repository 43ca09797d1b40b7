package io.meshwright.check.admission.part;

import io.meshwright.check.admission.field.Field;
import java.util.List;

/** A destination of a route or mirror, and the weights of several. */
public final class DestinationReference {
    private DestinationReference() {}

    /** The routes of one rule. */
    public static void weighted(Field routes) {
        long total = 0;
        for (Field route : routes.items()) {
            Field destination = route.at("destination");
            if (!destination.isSet()) {
                route.refuse("it leads nowhere", "Write destination.host.");
            }
            examine(destination);
            if (route.at("weight").number() < 0) {
                route.at("weight")
                        .refuse(
                                "the weight %d is negative"
                                        .formatted(route.at("weight").number()),
                                "Write a weight of 0 or more.");
            }
            total += route.at("weight").number();
        }
        List<Field> all = routes.items();
        if (all.size() > 1 && total == 0) {
            routes.refuse("the weights of the destinations sum up to 0", "Give weights, such as 90 and 10.");
        }
    }

    public static void examine(Field destination) {
        if (!destination.isSet()) {
            return;
        }
        String host = destination.at("host").text();
        if (host.equals("*")) {
            destination.at("host").refuse("\"*\" is no host to send requests to", "Name a service.");
        } else {
            DnsName.wildcardFlaw(host)
                    .ifPresent(flaw -> destination
                            .at("host")
                            .refuse(
                                    "\"%s\" is no host: %s".formatted(host, flaw),
                                    "Write the name of a service, such as web.shop.svc.cluster.local."));
        }
        options(destination);
    }

    /** The subset and port of a destination, where they are written. */
    public static void options(Field destination) {
        if (!destination.at("subset").isEmpty()) {
            subset(destination.at("subset"));
        }
        if (destination.at("port").isSet()) {
            PortRules.number(destination.at("port").at("number"));
        }
    }

    public static void subset(Field name) {
        if (!DnsName.isLabel(name.text())) {
            name.refuse(
                    "\"%s\" is no name of a subset".formatted(name.text()),
                    "Write letters, digits and dashes, at most 63, such as v2.");
        }
    }
}
