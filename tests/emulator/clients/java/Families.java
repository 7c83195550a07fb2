import com.fasterxml.jackson.databind.ObjectMapper;
import com.twilio.Twilio;
import com.twilio.base.Creator;
import com.twilio.base.Deleter;
import com.twilio.base.Fetcher;
import com.twilio.base.Reader;
import com.twilio.base.Updater;
import com.twilio.exception.ApiException;
import com.twilio.type.PhoneNumber;
import java.io.File;
import java.lang.reflect.Method;
import java.net.URI;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.stream.Stream;

/** Lives of objects of each family with Twilio's SDK for Java. Argument: the plan. */
public class Families {
  private static final ObjectMapper json = new ObjectMapper();

  public static void main(String[] args) throws Exception {
    Twilio.init(System.getenv("TWILIO_ACCOUNT_SID"), System.getenv("TWILIO_AUTH_TOKEN"));
    Map<String, Object> seen = new LinkedHashMap<>();
    for (Family family : json.readValue(new File(args[0]), Family[].class)) seen.put(family.family, family.live());
    System.out.println(json.writeValueAsString(seen));
  }

  @com.fasterxml.jackson.annotation.JsonIgnoreProperties(ignoreUnknown = true)
  static class Family {
    public String family;
    public String java;
    public String parent;
    public String limited;
    /** What Twilio wants of a new object, in the order of its documentation. */
    public List<String> needs;
    /** What Twilio wants of each change. */
    public List<String> needsToChange = List.of();
    public List<Map<String, Object>> creates;
    public Map<String, Object> change;
    public Map<String, Object> bad;

    Map<String, Object> live() throws Exception {
      List<String> made = new ArrayList<>();
      for (Map<String, Object> given : creates) made.add(sidOf(create(given)));
      List<String> listed = new ArrayList<>();
      Reader<?> reader = (Reader<?>) with("reader", parents(), List.of());
      for (Object object : reader.pageSize(50).read()) listed.add(sidOf(object));
      ((Updater<?>) filled("updater", parents(made.get(0)), needsToChange, change)).update();
      ((Deleter<?>) with("deleter", parents(made.get(1)), List.of())).delete();

      Map<String, Object> life = new LinkedHashMap<>();
      life.put("made", made);
      life.put("listed", listed);
      life.put("missing", refusal(() -> fetch(made.get(1))));
      life.put("bad", refusal(() -> create(bad)));
      life.put("limited", refusal(() -> fetch(limited)));
      return life;
    }

    private Object create(Map<String, Object> given) throws Exception {
      return ((Creator<?>) filled("creator", parents(), needs, given)).create();
    }

    /** A request with all that is given: what has to be there when it is made, what else by its setters. */
    private Object filled(String name, List<String> sids, List<String> first, Map<String, Object> given)
        throws Exception {
      Object request = with(name, sids, first.stream().map(given::get).toList());
      Map<String, Object> others = new LinkedHashMap<>(given);
      others.keySet().removeAll(first);
      for (Map.Entry<String, Object> entry : others.entrySet()) set(request, entry.getKey(), entry.getValue());
      return request;
    }

    private Object fetch(String sid) throws Exception {
      return ((Fetcher<?>) with("fetcher", parents(sid), List.of())).fetch();
    }

    private List<String> parents(String... sids) {
      return Stream.concat(Stream.ofNullable(parent), Arrays.stream(sids)).toList();
    }

    /** Calls the static method of this name that takes these SIDs, then these values. */
    private Object with(String name, List<String> sids, List<Object> values) throws Exception {
      List<Object> given = new ArrayList<>(sids);
      given.addAll(values);
      for (Method method : Class.forName("com.twilio.rest." + java).getMethods()) {
        if (!method.getName().equals(name) || method.getParameterCount() != given.size()) continue;
        Class<?>[] types = method.getParameterTypes();
        // An object of the account's may be made with its SID in front, and a number be bought by its area code.
        boolean isByAreaCode = needs.contains("PhoneNumber") && values.size() == 1 && types[0] == String.class;
        if (isByAreaCode) continue;
        Object[] converted = new Object[types.length];
        for (int i = 0; i < types.length; i++) converted[i] = convert(given.get(i), types[i]);
        return method.invoke(null, converted);
      }
      throw new NoSuchMethodException(java + "." + name + given);
    }
  }

  private static void set(Object request, String name, Object value) throws Exception {
    String setter = "set" + name.replace(".", "");
    Method method =
        Arrays.stream(request.getClass().getMethods())
            .filter((candidate) -> candidate.getName().equals(setter))
            .findFirst()
            .orElseThrow(() -> new NoSuchMethodException(request.getClass() + "." + setter));
    method.invoke(request, convert(value, method.getParameterTypes()[0]));
  }

  private static Object convert(Object value, Class<?> type) throws Exception {
    if (type.isInstance(value)) return value;
    if (type == URI.class) return URI.create(value.toString());
    if (type == PhoneNumber.class) return new PhoneNumber(value.toString());
    if (type == String.class) return json.writeValueAsString(value);
    return type.getMethod("forValue", String.class).invoke(null, value);
  }

  private static List<Integer> refusal(Callable<?> call) throws Exception {
    try {
      call.call();
      return null;
    } catch (ApiException refused) {
      return List.of(refused.getStatusCode(), refused.getCode());
    }
  }

  private static String sidOf(Object object) throws Exception {
    return (String) object.getClass().getMethod("getSid").invoke(object);
  }
}
