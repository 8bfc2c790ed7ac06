package dev.unmask.engine.remote;

import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.util.NetUtil;
import java.net.InetAddress;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The names that a server may be asked by. A page of any site can have the browser of someone who
 * reaches the server ask it: across sites, which the browser tells by {@code Origin}, or by a name
 * of its own that it turns to the server's address (DNS rebinding), which {@code Host} tells.
 *
 * @param names in lower case, without ports
 * @param everywhere whether it listens at all of the machine's addresses; then any address will do,
 *     for a number cannot be turned to another server
 */
record ServedNames(Set<String> names, boolean everywhere) {
  private static final Set<String> LOCAL = Set.of("localhost", "127.0.0.1", "::1");
  private static final Pattern HOST = Pattern.compile("(?:\\[([^\\]]*)\\]|([^:]*))(?::\\d{1,5})?");

  /**
   * Those of an address and others.
   *
   * @param host as it was given
   */
  static ServedNames of(String host, InetAddress bound, List<String> others) {
    Set<String> names = new HashSet<>(LOCAL);
    names.add(host.toLowerCase(Locale.ROOT));
    others.forEach(name -> names.add(name.toLowerCase(Locale.ROOT)));
    return new ServedNames(Set.copyOf(names), bound.isAnyLocalAddress());
  }

  /** What is answered to a request that came by another name, or from a page of another site. */
  Optional<Answer> refusal(HttpHeaders headers) {
    List<String> hosts = headers.getAll(HttpHeaderNames.HOST);
    if (hosts.size() != 1 || !serves(hosts.getFirst())) {
      String sentence = "the server is not known as %s; its --allow-host adds a name";
      return Optional.of(
          Answer.error(
              HttpResponseStatus.MISDIRECTED_REQUEST,
              sentence.formatted(hosts.isEmpty() ? "nothing" : String.join(" and ", hosts))));
    }
    String own = "http://" + hosts.getFirst();
    return headers.getAll(HttpHeaderNames.ORIGIN).stream()
        .filter(origin -> !origin.equalsIgnoreCase(own))
        .findFirst()
        .map(
            origin ->
                Answer.error(
                    HttpResponseStatus.FORBIDDEN,
                    "pages of %s may not ask; ask from a program".formatted(origin)));
  }

  private boolean serves(String host) {
    Matcher parts = HOST.matcher(host);
    if (!parts.matches()) {
      return false;
    }
    String name = parts.group(1) == null ? parts.group(2) : parts.group(1);
    boolean number = NetUtil.isValidIpV4Address(name) || NetUtil.isValidIpV6Address(name);
    return names.contains(name.toLowerCase(Locale.ROOT)) || everywhere && number;
  }
}
