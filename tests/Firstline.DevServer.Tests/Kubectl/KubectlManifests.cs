namespace Firstline.DevServer.Tests.Kubectl;

/// <summary>What the tests apply.</summary>
internal static class KubectlManifests
{
    public const string Widgets = """
        apiVersion: apiextensions.k8s.io/v1
        kind: CustomResourceDefinition
        metadata: {name: widgets.example.dev}
        spec:
          group: example.dev
          scope: Namespaced
          names: {plural: widgets, singular: widget, kind: Widget, shortNames: [wg], categories: [toys]}
          versions:
          - name: v1
            served: true
            storage: true
            subresources:
              status: {}
              scale: {specReplicasPath: .spec.replicas, statusReplicasPath: .status.replicas}
            selectableFields: [{jsonPath: .spec.level}]
            additionalPrinterColumns:
            - {name: Level, type: string, jsonPath: .spec.level}
            - {name: Ready, type: string, jsonPath: '.status.conditions[?(@.type=="Ready")].status'}
            - {name: Replicas, type: integer, jsonPath: .spec.replicas, priority: 1}
            - {name: Age, type: date, jsonPath: .metadata.creationTimestamp}
            schema:
              openAPIV3Schema:
                type: object
                description: A thing to play with.
                required: [spec]
                properties:
                  spec:
                    type: object
                    description: What is wanted of the widget.
                    required: [level]
                    properties:
                      level: {type: string, enum: [L1, L2, L3], description: How hard it is to play.}
                      replicas: {type: integer, default: 2, minimum: 0, description: How many of them.}
                  status:
                    type: object
                    properties:
                      replicas: {type: integer}
                      conditions:
                        type: array
                        items:
                          type: object
                          properties: {type: {type: string}, status: {type: string}, reason: {type: string}, message: {type: string}}
        """;

    public const string Widget = """
        apiVersion: example.dev/v1
        kind: Widget
        metadata: {name: top}
        spec: {level: L1}
        """;

    public const string Deployment = """
        apiVersion: apps/v1
        kind: Deployment
        metadata: {name: web, labels: {app: web}}
        spec:
          replicas: 2
          selector: {matchLabels: {app: web}}
          template:
            metadata: {labels: {app: web}}
            spec:
              containers:
              - name: web
                image: shop/web:1.0
                ports: [{containerPort: 8080}]
                resources: {limits: {memory: 1Gi, cpu: 500m}}
        """;

    public const string Pod = """
        apiVersion: v1
        kind: Pod
        metadata: {name: one, labels: {app: one}}
        spec:
          containers:
          - {name: main, image: "busybox:1.36"}
        """;
}
