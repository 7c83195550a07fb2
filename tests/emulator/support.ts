import { request as httpRequest, type IncomingHttpHeaders } from "node:http";
import twilio from "twilio";
import {
  defaultAccountSid,
  defaultAuthToken,
  type Emulator,
  type EmulatorOptions,
  startEmulator,
} from "../../emulator/index";

/** Pulumi takes the token out of all that it prints, and the default account has the same digits. */
export const withAccount = (output: string): string => output.replaceAll("AC[secret]", defaultAccountSid);

/** The default token, but not the default account's SID, which has the same digits. */
export const defaultTokenAlone = new RegExp(`(?<!AC)${defaultAuthToken}`);

/** One strict emulator for a test file, as it was at the start before each test. No answer of it may break its own schema. */
export function useEmulator(options: EmulatorOptions = {}): { readonly current: Emulator } {
  let emulator: Emulator | undefined;
  const running = () => {
    if (!emulator) throw new Error("The emulator is not running");
    return emulator;
  };
  beforeAll(async () => {
    emulator = await startEmulator({ strict: true, ...options });
  });
  beforeEach(() => running().reset());
  afterEach(() => {
    expect(running().requests.filter(({ status }) => status === 500)).toEqual([]);
  });
  afterAll(() => running().close());
  return {
    get current() {
      return running();
    },
  };
}

type RequestOptions<TData> = Parameters<typeof twilio.RequestClient.prototype.request<TData>>[0];

class EmulatorClient extends twilio.RequestClient {
  constructor(private readonly origin: string) {
    super();
  }

  override request<TData>(options: RequestOptions<TData>) {
    const uri = options.uri.replace(/^https:\/\/([a-z0-9.-]+\.twilio\.com)\//, `${this.origin}/$1/`);
    return super.request<TData>({ ...options, uri });
  }
}

/** Twilio's own SDK, aimed at the emulator. */
export function clientOf(
  { url }: Emulator,
  accountSid: string = defaultAccountSid,
  token: string = defaultAuthToken,
) {
  return twilio(accountSid, token, { httpClient: new EmulatorClient(url), region: "", edge: "" });
}

export interface RawAnswer {
  status: number;
  headers: IncomingHttpHeaders;
  /** The answer as it was sent. */
  text: string;
  /** The answer read as JSON, empty where it is none. */
  body: Record<string, unknown>;
}

export interface RawRequest {
  method?: string;
  headers?: Record<string, string>;
  body?: string | Buffer;
  /** Basic credentials; false for none. */
  credentials?: string | false;
}

/** A request just as written: `fetch` would tidy the path and would not send a Host header. */
export function ask({ url }: Emulator, path: string, request: RawRequest = {}): Promise<RawAnswer> {
  const { hostname, port } = new URL(url);
  const { method = request.body === undefined ? "GET" : "POST", credentials, body } = request;
  const basic = credentials ?? `${defaultAccountSid}:${defaultAuthToken}`;
  const headers = {
    ...(basic && { Authorization: `Basic ${Buffer.from(basic).toString("base64")}` }),
    ...(body !== undefined && { "Content-Type": "application/x-www-form-urlencoded" }),
    ...request.headers,
  };
  return new Promise((resolve, reject) => {
    const sent = httpRequest({ hostname, port, path, method, headers, agent: false }, (response) => {
      const chunks: Buffer[] = [];
      response.on("data", (chunk) => chunks.push(chunk));
      response.on("end", () => {
        const text = Buffer.concat(chunks).toString("utf8");
        const isJson = response.headers["content-type"] === "application/json";
        const body = isJson ? JSON.parse(text) : {};
        resolve({ status: response.statusCode ?? 0, headers: response.headers, text, body });
      });
    });
    sent.on("error", reject);
    sent.end(body);
  });
}

/** A control request, with the headers that those want. */
export function control(
  emulator: Emulator,
  method: string,
  path: string,
  body?: unknown,
): Promise<RawAnswer> {
  return ask(emulator, `/_emulator/${path}`, {
    method,
    credentials: false,
    headers: { "Content-Type": "application/json" },
    body: body === undefined ? "" : JSON.stringify(body),
  });
}

/** An answer in the shape of Twilio's errors. */
export const refusal = (status: number, code: number) => ({
  status,
  body: {
    status,
    code,
    message: expect.any(String),
    more_info: `https://www.twilio.com/docs/errors/${code}`,
  },
});
