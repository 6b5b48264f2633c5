package courier.tracing;

import io.opentelemetry.api.OpenTelemetry;
import io.opentelemetry.api.trace.Tracer;
import io.opentelemetry.context.propagation.ContextPropagators;
import io.opentelemetry.sdk.OpenTelemetrySdk;
import io.opentelemetry.sdk.autoconfigure.AutoConfiguredOpenTelemetrySdk;
import java.util.List;
import java.util.Map;
import org.apache.camel.CamelContext;
import org.apache.camel.opentelemetry2.OpenTelemetryTracer;
import org.apache.camel.support.service.ServiceSupport;

/** Spans of the routes of a service, sent by OTLP as the variables of OpenTelemetry say. */
public final class Tracing extends ServiceSupport {
  /** What the variables may say otherwise. */
  private static final Map<String, String> DEFAULTS =
      Map.of(
          "otel.exporter.otlp.protocol", "http/protobuf",
          // A stranger's baggage would go to Kafka, and whoever reads that.
          "otel.propagators", "tracecontext",
          "otel.metrics.exporter", "none",
          "otel.logs.exporter", "none");

  /**
   * Steps within a service, of which there are many; and what looks now and then whether there is
   * something to replay. What is goes on in its own trace.
   */
  private static final String WITHIN = "direct:*,timer:*,log:*,kafka:replay*";

  private final OpenTelemetrySdk sdk;

  private Tracing(OpenTelemetrySdk sdk) {
    this.sdk = sdk;
  }

  /**
   * Has a service traced, before it has routes.
   *
   * @param service its name, if OTEL_SERVICE_NAME says no other
   */
  public static void install(CamelContext context, String service) throws Exception {
    for (String protocol :
        List.of("OTEL_EXPORTER_OTLP_PROTOCOL", "OTEL_EXPORTER_OTLP_TRACES_PROTOCOL")) {
      if ("grpc".equals(System.getenv(protocol))) {
        throw new IllegalArgumentException(
            protocol + " is grpc, say http/protobuf, and the port that is for it, mostly 4318");
      }
    }
    SdkLog.install();
    OpenTelemetrySdk sdk =
        AutoConfiguredOpenTelemetrySdk.builder()
            .addPropertiesSupplier(() -> DEFAULTS)
            .addPropertiesSupplier(() -> Map.of("otel.service.name", service))
            .disableShutdownHook()
            .build()
            .getOpenTelemetrySdk();
    context.addService(new Tracing(sdk));
    install(context, sdk);
  }

  /** The same with what sends them, or keeps them. */
  public static void install(CamelContext context, OpenTelemetry telemetry) {
    Tracer tracer = telemetry.getTracer("courier");
    ContextPropagators propagators = telemetry.getPropagators();
    context.getRegistry().bind("otel-tracer", Tracer.class, tracer);
    context.getRegistry().bind("otel-propagators", ContextPropagators.class, propagators);
    OpenTelemetryTracer routes = new OpenTelemetryTracer();
    routes.setExcludePatterns(WITHIN);
    routes.setCamelContext(context);
    routes.init(context);
    // Behind it, so that the span of a batch is there when its records are linked.
    context.addRoutePolicyFactory(
        (c, id, route) -> new BatchSpans(tracer, propagators.getTextMapPropagator()));
  }

  /** Sends what is still to be sent. */
  @Override
  protected void doShutdown() {
    sdk.close();
  }
}
