package dev.unmask.app.peers;

import dev.unmask.app.Stopwatch;
import dev.unmask.engine.InputException;
import java.lang.reflect.InvocationTargetException;
import java.nio.FloatBuffer;
import java.util.Map;
import java.util.Optional;

/**
 * onnxruntime, which evaluates transformers. Its classes are called by their names, because they
 * are there only if the program was built with the profile peers.
 */
public final class OnnxPeer implements Contender {
  private final Object environment;

  /**
   * Loads it.
   *
   * @throws InputException if it is not on the class path
   */
  public OnnxPeer() {
    try {
      environment = call("OrtEnvironment", "getEnvironment", null);
    } catch (ClassNotFoundException e) {
      throw new InputException(
          "onnxruntime is not compared with, because it is not on the class path; build with mvn"
              + " -Ppeers package.",
          e);
    }
  }

  @Override
  public String name() {
    return "onnxruntime " + of("OrtEnvironment", "getVersion", environment);
  }

  @Override
  public Optional<Session> open(PeerWork work, int threads) {
    return work instanceof PeerWork.Evaluation evaluation
        ? Optional.of(new Opened(evaluation, threads))
        : Optional.empty();
  }

  private final class Opened implements Session {
    private final Object session;
    private final Map<String, Object> input;
    private Optional<Object> result = Optional.empty();

    Opened(PeerWork.Evaluation work, int threads) {
      byte[] model = OnnxTransformer.of(work.model(), work.ids().length);
      Object options = created("OrtSession$SessionOptions");
      of(
          "OrtSession$SessionOptions",
          "setIntraOpNumThreads",
          options,
          new Argument(int.class, threads));
      session =
          of(
              "OrtEnvironment",
              "createSession",
              environment,
              new Argument(byte[].class, model),
              new Argument(options.getClass(), options));
      long[][] ids = new long[1][work.ids().length];
      for (int i = 0; i < ids[0].length; i++) {
        ids[0][i] = work.ids()[i];
      }
      Object tensor =
          of(
              "OnnxTensor",
              "createTensor",
              null,
              new Argument(environment.getClass(), environment),
              new Argument(Object.class, ids));
      input = Map.of(OnnxTransformer.IDS, tensor);
    }

    @Override
    public Turn run(int times) {
      Stopwatch watch = Stopwatch.started();
      for (int i = 0; i < times; i++) {
        forget();
        result = Optional.of(of("OrtSession", "run", session, new Argument(Map.class, input)));
      }
      return new Turn(watch.elapsed(), watch.busy());
    }

    private void forget() {
      result.ifPresent(old -> of("OrtSession$Result", "close", old));
      result = Optional.empty();
    }

    @Override
    public float[] result() {
      Object tensor =
          of("OrtSession$Result", "get", result.orElseThrow(), new Argument(int.class, 0));
      var buffer = (FloatBuffer) of("OnnxTensor", "getFloatBuffer", tensor);
      float[] values = new float[buffer.remaining()];
      buffer.get(values);
      return values;
    }

    @Override
    public void close() {
      forget();
      of("OnnxTensor", "close", input.get(OnnxTransformer.IDS));
      of("OrtSession", "close", session);
    }
  }

  /**
   * What a method is given.
   *
   * @param type by which the method declares it
   */
  private record Argument(Class<?> type, Object value) {}

  /** The same once it is known that the classes are there. */
  private static Object of(String type, String method, Object on, Argument... arguments) {
    try {
      return call(type, method, on, arguments);
    } catch (ClassNotFoundException e) {
      throw new IllegalStateException(e);
    }
  }

  /**
   * Calls a public method.
   *
   * @param type that has it, a class of onnxruntime
   * @param on null for a static one
   */
  private static Object call(String type, String method, Object on, Argument... arguments)
      throws ClassNotFoundException {
    Class<?>[] types = new Class<?>[arguments.length];
    Object[] values = new Object[arguments.length];
    for (int i = 0; i < arguments.length; i++) {
      types[i] = arguments[i].type();
      values[i] = arguments[i].value();
    }
    try {
      return named(type).getMethod(method, types).invoke(on, values);
    } catch (InvocationTargetException e) {
      throw new InputException(
          "onnxruntime fails in %s (%s); leave works out that it cannot do."
              .formatted(method, e.getCause().getMessage()),
          e);
    } catch (NoSuchMethodException | IllegalAccessException e) {
      throw new IllegalStateException("this onnxruntime is another one than the build asks for", e);
    }
  }

  private static Object created(String type) {
    try {
      return named(type).getConstructor().newInstance();
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException("this onnxruntime is another one than the build asks for", e);
    }
  }

  private static Class<?> named(String type) throws ClassNotFoundException {
    return Class.forName("ai.onnxruntime." + type);
  }
}
