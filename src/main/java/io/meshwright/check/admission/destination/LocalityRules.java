package io.meshwright.check.admission.destination;

import io.meshwright.check.admission.field.Field;
import io.meshwright.value.istio.IstioLabels;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** Rules for keeping requests in or moved between regions, zones and subzones. */
final class LocalityRules {
    private static final String ANY = "*";
    private static final Set<String> TOPOLOGY =
            Set.of("topology.kubernetes.io/region", "topology.kubernetes.io/zone", IstioLabels.SUBZONE);

    private LocalityRules() {}

    static void examine(Field setting) {
        List<Field> failovers = setting.at("failover").items();
        List<Field> shares = setting.at("distribute").items();
        if (!shares.isEmpty() && !failovers.isEmpty()) {
            setting.at("failover")
                    .refuse("requests are either distributed or fail over", "Remove failover or distribute.");
            return;
        }
        setting.at("failoverPriority").items().stream()
                .filter(label -> !failovers.isEmpty() && TOPOLOGY.contains(label.text()))
                .forEach(label -> label.refuse(
                        "\"%s\" says again what failover says".formatted(label.text()),
                        "Remove the label, or failover."));
        shares.forEach(LocalityRules::share);
        apart(shares.stream().map(share -> share.at("from")).toList());
        failovers.forEach(LocalityRules::failover);
    }

    private static void share(Field share) {
        long total = 0;
        for (Field weight : share.at("to").entries()) {
            if (weight.number() < 1 || weight.number() > 100) {
                weight.refuse("%d is no share".formatted(weight.number()), "Write a percentage from 1 to 100.");
            }
            total += weight.number();
        }
        if (total != 100) {
            share.refuse("the shares sum up to %d".formatted(total), "Make them sum up to 100.");
        }
        List<Field> to = share.at("to").entries();
        List<List<String>> seen = new ArrayList<>();
        to.forEach(locality -> place(locality, locality.key(), seen));
    }

    private static void apart(List<Field> localities) {
        List<List<String>> seen = new ArrayList<>();
        localities.forEach(locality -> place(locality, locality.text(), seen));
    }

    /** A locality that is well written and that none before takes in. */
    private static void place(Field field, String locality, List<List<String>> seen) {
        List<String> parts = List.of(locality.split("/", 3));
        int star = locality.indexOf(ANY);
        if (parts.contains("") || star >= 0 && star < locality.length() - 1) {
            field.refuse(
                    "\"%s\" is no locality".formatted(locality),
                    "Write region, region/zone or region/zone/subzone, with an asterisk at most at the end.");
        } else if (seen.stream().anyMatch(earlier -> overlap(earlier, parts))) {
            field.refuse(
                    "\"%s\" overlaps with an earlier locality".formatted(locality), "Make the localities disjoint.");
        }
        seen.add(parts);
    }

    private static boolean overlap(List<String> earlier, List<String> parts) {
        if (earlier.get(0).equals(ANY)) {
            return true;
        }
        for (int level = 0; level < 3; level++) {
            boolean wide =
                    level >= earlier.size() || level > 0 && earlier.get(level).equals(ANY);
            if (wide || level >= parts.size()) {
                return true;
            }
            if (!earlier.get(level).equals(parts.get(level))) {
                return false;
            }
        }
        return true;
    }

    private static void failover(Field failover) {
        String from = failover.at("from").text();
        String to = failover.at("to").text();
        if (from.equals(to)) {
            failover.refuse("\"%s\" fails over to itself".formatted(from), "Name another region in to.");
        }
        for (String end : List.of("from", "to")) {
            String region = failover.at(end).text();
            if (region.indexOf('/') >= 0 || region.indexOf('*') >= 0) {
                failover.at(end)
                        .refuse(
                                "\"%s\" is no region".formatted(region),
                                "Name the region alone, without zone and asterisk.");
            }
        }
    }
}
