package io.meshwright.platform;

import java.util.Collections;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * A storage class of disks, whose volumes are made where their first pod runs, and may grow.
 *
 * @param name of the StorageClass
 * @param provisioner the CSI driver
 * @param parameters that the driver reads
 */
public record DiskClass(String name, String provisioner, SortedMap<String, String> parameters) {
    public DiskClass {
        parameters = Collections.unmodifiableSortedMap(new TreeMap<>(parameters));
    }

    static DiskClass of(String name, String provisioner, Map<String, String> parameters) {
        return new DiskClass(name, provisioner, new TreeMap<>(parameters));
    }
}
