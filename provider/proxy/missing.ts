import { ApiError } from "../values/errors";

/** Proxy is reported to answer 400 "Invalid Service Sid" for what is not there, where all else answers 404. */
export async function orMissing<Answer>(request: Promise<Answer>): Promise<Answer> {
  try {
    return await request;
  } catch (error) {
    if (!(error instanceof ApiError) || error.status !== 400 || !/^Invalid [\w ]*Sid\b/i.test(error.message))
      throw error;
    throw new ApiError(error.message, 404, error.code, error.details);
  }
}
