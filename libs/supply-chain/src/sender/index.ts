export { CompanyPrefixRepository } from './company-prefix.repository.js';
export {
  ProfileRepository,
  PROFILES_A_PARTNER,
  type ProfileInput,
  type ProfileRow,
  type ProfileSetter,
} from './profile.repository.js';
export { SenderError, type SenderErrorCode } from './sender.errors.js';
