package dev.unmask.engine.remote;

import com.fasterxml.jackson.databind.JsonNode;
import io.netty.buffer.Unpooled;
import io.netty.handler.codec.http.DefaultFullHttpResponse;
import io.netty.handler.codec.http.FullHttpResponse;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpVersion;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * What a server answers.
 *
 * @param headBytes of the JSON, if other bytes follow it
 * @param allowed the method to ask by, if it was asked by another
 */
record Answer(
    HttpResponseStatus status,
    String type,
    byte[] body,
    OptionalInt headBytes,
    Optional<HttpMethod> allowed) {
  static final String JSON = "application/json";
  static final String BINARY = "application/octet-stream";

  static Answer json(JsonNode root) {
    return json(root.toString().getBytes(StandardCharsets.UTF_8));
  }

  static Answer json(byte[] body) {
    return new Answer(HttpResponseStatus.OK, JSON, body, OptionalInt.empty(), Optional.empty());
  }

  /** JSON, and tensors behind it. */
  static Answer binary(Message.Bytes bytes) {
    return new Answer(
        HttpResponseStatus.OK,
        BINARY,
        bytes.all(),
        OptionalInt.of(bytes.headBytes()),
        Optional.empty());
  }

  /** An error, in a sentence. */
  static Answer error(HttpResponseStatus status, String sentence) {
    JsonNode root = Message.JSON.createObjectNode().put("error", sentence);
    byte[] body = root.toString().getBytes(StandardCharsets.UTF_8);
    return new Answer(status, JSON, body, OptionalInt.empty(), Optional.empty());
  }

  /** The same, to a request that was made by another method than this. */
  Answer allowing(HttpMethod method) {
    return new Answer(status, type, body, headBytes, Optional.of(method));
  }

  /** As HTTP has it. */
  FullHttpResponse response() {
    FullHttpResponse response =
        new DefaultFullHttpResponse(HttpVersion.HTTP_1_1, status, Unpooled.wrappedBuffer(body));
    HttpHeaders headers = response.headers();
    headers.set(HttpHeaderNames.CONTENT_TYPE, type);
    headers.set(HttpHeaderNames.CONTENT_LENGTH, body.length);
    headBytes.ifPresent(size -> headers.set(Message.HEAD_LENGTH, size));
    allowed.ifPresent(method -> headers.set(HttpHeaderNames.ALLOW, method.name()));
    return response;
  }
}
