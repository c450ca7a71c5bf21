import { defineMessage } from '../notifications/index.ts';

const NOT_YOU = {
  vi: 'Nếu không phải bạn, hãy đổi mật khẩu, kết thúc các phiên khác ở trang Bảo mật và đăng nhập, rồi gọi tổng đài hỗ trợ.',
  en: 'If it was not you, change your password, end all other sessions on the page Security and sign-in, then call support.',
};

const NOT_YOU_PASSWORD = {
  vi: 'Nếu không phải bạn, hãy dùng chức năng quên mật khẩu để đặt lại ngay, rồi gọi tổng đài hỗ trợ.',
  en: 'If it was not you, set a new one with the forgotten password page at once, then call support.',
};

export const factorAddedMessage = defineMessage<'name' | 'time'>(
  'identity.factor-added',
  {
    vi: {
      subject: 'Đã thêm cách xác minh khi đăng nhập',
      body: `Lúc {time}, tài khoản của bạn có thêm cách xác minh "{name}". ${NOT_YOU.vi}`,
      sms: 'Tài khoản dịch vụ công vừa thêm cách xác minh "{name}" lúc {time}. Không phải bạn? Gọi tổng đài ngay.',
    },
    en: {
      subject: 'A way to prove who you are was added',
      body: `At {time} "{name}" was added to your account. ${NOT_YOU.en}`,
      sms: '"{name}" was added to your public service account at {time}. Not you? Call support now.',
    },
  },
  { kind: 'safety' },
);
export const factorRemovedMessage = defineMessage<'name' | 'time'>(
  'identity.factor-removed',
  {
    vi: {
      subject: 'Đã gỡ cách xác minh khi đăng nhập',
      body: `Lúc {time}, cách xác minh "{name}" đã được gỡ khỏi tài khoản của bạn. ${NOT_YOU.vi}`,
      sms: 'Tài khoản dịch vụ công vừa gỡ cách xác minh "{name}" lúc {time}. Không phải bạn? Gọi tổng đài ngay.',
    },
    en: {
      subject: 'A way to prove who you are was removed',
      body: `At {time} "{name}" was removed from your account. ${NOT_YOU.en}`,
      sms: '"{name}" was removed from your public service account at {time}. Not you? Call support now.',
    },
  },
  { kind: 'safety' },
);
export const recoveryUsedMessage = defineMessage<'left' | 'time'>(
  'identity.recovery-code-used',
  {
    vi: {
      subject: 'Đã dùng một mã khôi phục',
      body: `Lúc {time}, một mã khôi phục của bạn đã được dùng; còn lại {left} mã. ${NOT_YOU.vi}`,
      sms: 'Một mã khôi phục của tài khoản dịch vụ công vừa được dùng lúc {time}. Không phải bạn? Gọi tổng đài ngay.',
    },
    en: {
      subject: 'A recovery code was used',
      body: `At {time} one of your recovery codes was used; {left} are left. ${NOT_YOU.en}`,
      sms: 'A recovery code of your public service account was used at {time}. Not you? Call support now.',
    },
  },
  { kind: 'safety' },
);
export const newDeviceMessage = defineMessage<'device' | 'place' | 'time'>(
  'identity.new-device',
  {
    vi: {
      subject: 'Đăng nhập từ thiết bị mới',
      body: `Lúc {time}, tài khoản của bạn được đăng nhập từ thiết bị chưa từng dùng: {device}, địa chỉ mạng {place}. ${NOT_YOU.vi}`,
      sms: 'Tài khoản dịch vụ công vừa đăng nhập từ thiết bị mới lúc {time}: {device}. Không phải bạn? Gọi tổng đài ngay.',
    },
    en: {
      subject: 'Sign-in from a new device',
      body: `At {time} your account was signed in to from a device not used before: {device}, network address {place}. ${NOT_YOU.en}`,
      sms: 'Your public service account was signed in to from a new device at {time}: {device}. Not you? Call support now.',
    },
  },
  { kind: 'safety' },
);
export const passwordChangedMessage = defineMessage<'time'>(
  'identity.password-changed',
  {
    vi: {
      subject: 'Mật khẩu của bạn đã đổi',
      body: `Lúc {time}, mật khẩu tài khoản của bạn đã được đổi và các phiên đăng nhập khác đã kết thúc. ${NOT_YOU_PASSWORD.vi}`,
      sms: 'Mật khẩu tài khoản dịch vụ công vừa đổi lúc {time}. Không phải bạn? Gọi tổng đài ngay.',
    },
    en: {
      subject: 'Your password was changed',
      body: `At {time} the password of your account was changed and all other sessions ended. ${NOT_YOU_PASSWORD.en}`,
      sms: 'The password of your public service account was changed at {time}. Not you? Call support now.',
    },
  },
  { kind: 'safety' },
);
