package io.meshwright.environment.reader;

/** Files that the reader and the schema both accept. */
final class FleetFiles {
    static final String SMALLEST = """
      name: a
      version: 1.30.5
      yard: {type: slip, steep: false}
      """;

    static final String COMPLETE = """
      # every kind of key
      name: north
      version: 1.30.5
      yard:
        type: dock
        address: 10.0.0.0/8
        cpu: 2
      mode: easy-going
      ships:
        zoe:
          port: 8080
          host: a.example.org
          callers:
            - gateway
            - {name: anna, methods: [GET]}
          limits: {request: 250m, limit: 0.5, grace: 1m30s, reserve: 0.5}
        # between two ships

        anna:
          port: 81
          load: 10
          repair: {by: self, days: 2}
      hosts: ["*.example.org", "*"]
      until: 2027-03-31
      extras:
        text: "1.30"
        whole: 3
        large: 5000000000
        part: 0.5
        exact: 1.0
        "yes": false
        list: [a, {b: 1}]
      flag: "NO"
      rank: 3
      sails: true
      draught: 4.50
      tonnage: 12000000000
      """;

    private FleetFiles() {}
}
