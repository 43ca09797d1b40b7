// Runs beside cdk8s in its own process: what Java would have to ask for construct by construct is answered here at once.
// Every call is a way to that process and back, so a tree of objects is read, completed and rendered in one call each.

import { ApiObject, App, Chart, DependencyGraph, JsonPatch, Yaml } from 'cdk8s';
import { Construct, IConstruct } from 'constructs';

/** An API object that is handed over whole. */
export class Manifest extends ApiObject {
  /**
   * @param scope where the object stands in the tree
   * @param id its name below scope
   * @param manifest the object as JSON text: apiVersion, kind, metadata as cdk8s knows it, and any other fields, which
   *   keep their order
   */
  public constructor(scope: Construct, id: string, manifest: string) {
    const { apiVersion, kind, metadata, ...fields } = JSON.parse(manifest);
    super(scope, id, { apiVersion, kind, metadata });
    this.addJsonPatch(...Object.entries(fields).map(([name, value]) => JsonPatch.add(`/${name}`, value)));
  }
}

/** The API objects below a construct, all at once and as JSON text. */
export class ObjectTree {
  /**
   * What each object is called, as it was made: path, chart, apiVersion, kind, namespace and name, in the order of the
   * tree.
   */
  public static names(scope: IConstruct): string {
    return JSON.stringify(ObjectTree.below(scope).map(names));
  }

  /** The objects as cdk8s renders them, by path. */
  public static manifests(scope: IConstruct): string {
    return JSON.stringify(
      Object.fromEntries(ObjectTree.below(scope).map((object) => [object.node.path, object.toJson()])),
    );
  }

  /**
   * Adds annotations.
   *
   * @param scope above all objects that are named
   * @param annotations keys and values by the path of the object, as JSON text
   */
  public static annotate(scope: IConstruct, annotations: string): void {
    ObjectTree.each(scope, annotations, (object, added: { [key: string]: string }) => {
      Object.entries(added).forEach(([key, value]) => object.metadata.addAnnotation(key, value));
    });
  }

  /**
   * Adds fields.
   *
   * @param scope above all objects that are named
   * @param fields lists of JSON Pointers, each with its value, by the path of the object, as JSON text
   */
  public static add(scope: IConstruct, fields: string): void {
    ObjectTree.each(scope, fields, (object, added: { pointer: string; value: any }[]) => {
      object.addJsonPatch(...added.map(({ pointer, value }) => JsonPatch.add(pointer, value)));
    });
  }

  /** Synthesizes an app: for each chart in the order of its dependencies its objects, named and as YAML. */
  public static synth(app: App): string {
    return JSON.stringify(
      app.charts.flatMap((chart) => {
        const manifests: any[] = chart.toJson();
        return inOrder(chart).map((object, index) => ({
          ...names(object),
          ...written(manifests[index]),
          text: Yaml.stringify(manifests[index]),
        }));
      }),
    );
  }

  private static below(scope: IConstruct): ApiObject[] {
    return scope.node.findAll().filter((construct): construct is ApiObject => construct instanceof ApiObject);
  }

  private static each(scope: IConstruct, byPath: string, change: (object: ApiObject, given: any) => void): void {
    const changes = new Map<string, any>(Object.entries(JSON.parse(byPath)));
    for (const object of ObjectTree.below(scope)) {
      const given = changes.get(object.node.path);
      if (given !== undefined) change(object, given);
    }
  }

  private constructor() {}
}

function names(object: ApiObject): { [key: string]: string | undefined } {
  const { apiVersion, kind, name } = object;
  return {
    path: object.node.path,
    chart: object.chart.node.id,
    apiVersion,
    kind,
    namespace: object.metadata.namespace,
    name,
  };
}

/** What a manifest calls itself once it is rendered. */
function written({ apiVersion, kind, metadata }: any): { [key: string]: string | undefined } {
  return { apiVersion, kind, namespace: metadata.namespace, name: metadata.name };
}

/** The order in which a chart renders its objects. */
function inOrder(chart: Chart): ApiObject[] {
  return new DependencyGraph(chart.node)
    .topology()
    .filter((construct): construct is ApiObject => construct instanceof ApiObject && Chart.of(construct) === chart);
}
