package io.meshwright.value.pod;

import io.meshwright.value.Doc;
import io.meshwright.value.Host;
import io.meshwright.value.IpAddress;
import io.meshwright.value.Require;
import io.meshwright.value.Required;
import java.util.List;

/** A line of the pods' own hosts file. */
@Doc("A line of the pods' own hosts file.")
public record HostAlias(
        @Required @Doc("Address.") IpAddress ip,

        @Required @Doc("Names that stand for it.") List<Host> hostnames) {
    public HostAlias {
        Require.present("ip", ip);
        hostnames = List.copyOf(Require.notEmpty("hostnames", hostnames));
        for (int i = 0; i < hostnames.size(); i++) {
            Require.that(
                    !hostnames.get(i).toString().startsWith("*"),
                    "hostnames[%d]".formatted(i),
                    "\"%s\" stands for many, and a hosts file knows single names".formatted(hostnames.get(i)),
                    "write each name");
        }
    }
}
