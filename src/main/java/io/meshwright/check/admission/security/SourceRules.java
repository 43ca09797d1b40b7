package io.meshwright.check.admission.security;

import io.meshwright.check.admission.field.Field;
import io.meshwright.check.admission.part.Address;
import io.meshwright.check.admission.part.PolicyTargets;
import java.util.List;

/** Rules for the callers that are meant by a rule of an AuthorizationPolicy. */
final class SourceRules {
    private static final List<String> IDENTITIES =
            List.of("principals", "notPrincipals", "namespaces", "notNamespaces");
    private static final List<String> REQUESTS = List.of("requestPrincipals", "notRequestPrincipals");
    private static final List<String> ADDRESSES =
            List.of("ipBlocks", "notIpBlocks", "remoteIpBlocks", "notRemoteIpBlocks");
    private static final List<String> ACCOUNTS = List.of("serviceAccounts", "notServiceAccounts");
    private static final List<String> DOMAINS = List.of("trustDomains", "notTrustDomains");
    private static final List<List<String>> ALL = List.of(IDENTITIES, REQUESTS, ADDRESSES, ACCOUNTS, DOMAINS);
    private static final int MOST_ACCOUNTS = 16;
    private static final int LONGEST_ACCOUNT = 320;

    private SourceRules() {}

    static void examine(Field source, boolean custom) {
        if (ALL.stream().noneMatch(fields -> says(source, fields))) {
            source.refuse("the source fits everybody and nobody", "Write one of its fields, or remove it.");
        }
        if (says(source, IDENTITIES) && says(source, ACCOUNTS)) {
            source.refuse(
                    "serviceAccounts stand beside principals or namespaces", "Write them in a source of their own.");
        }
        if (custom) {
            for (List<String> fields : List.of(IDENTITIES, REQUESTS, ACCOUNTS, DOMAINS)) {
                fields.stream()
                        .map(source::at)
                        .filter(field -> !field.isEmpty())
                        .forEach(field -> field.refuse(
                                "action CUSTOM does not look at %s".formatted(field.key()),
                                "Let the provider decide on it."));
            }
        }
        IDENTITIES.forEach(field -> PolicyTargets.texts(source.at(field)));
        REQUESTS.forEach(field -> PolicyTargets.texts(source.at(field)));
        ADDRESSES.forEach(field -> source.at(field).items().forEach(Address::examineIpOrBlock));
        ACCOUNTS.forEach(field -> accounts(source.at(field)));
        for (String field : DOMAINS) {
            PolicyTargets.texts(source.at(field));
            domains(source.at(field), false);
        }
    }

    private static boolean says(Field source, List<String> fields) {
        return fields.stream().anyMatch(field -> !source.at(field).isEmpty());
    }

    /** Trust domains, where an asterisk stands for the rest; in a condition istiod does not mind a slash. */
    static void domains(Field domains, boolean slashes) {
        for (Field domain : domains.items()) {
            int asterisk = domain.text().indexOf('*');
            boolean within = asterisk > 0 && asterisk < domain.text().length() - 1;
            boolean several = asterisk != domain.text().lastIndexOf('*');
            if (within || several || !slashes && domain.text().indexOf('/') >= 0) {
                domain.refuse(
                        "\"%s\" is no trust domain".formatted(domain.text()),
                        "Write one such as cluster.local, with an asterisk at the start or the end at most.");
            }
        }
    }

    /** Names of service accounts, each with or without its namespace. */
    static void accounts(Field accounts) {
        if (accounts.size() > MOST_ACCOUNTS) {
            accounts.refuse(
                    "%d service accounts are more than %d".formatted(accounts.size(), MOST_ACCOUNTS),
                    "Split the list into several sources.");
        }
        for (Field account : accounts.items()) {
            List<String> parts = List.of(account.text().split("/", -1));
            boolean wildcard = account.text().indexOf('*') >= 0;
            if (parts.size() > 2
                    || parts.contains("")
                    || wildcard
                    || account.text().length() > LONGEST_ACCOUNT) {
                account.refuse(
                        "\"%s\" is no service account".formatted(account.text()),
                        "Write its name, or namespace/name, without an asterisk.");
            }
        }
    }
}
