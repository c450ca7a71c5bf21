import { defineMessage } from '../notifications/index.ts';

const NOT_YOU = {
  vi: 'Nếu không phải bạn, hãy đổi mật khẩu, kết thúc các phiên khác ở trang Bảo mật và đăng nhập, rồi gọi tổng đài hỗ trợ.',
  en: 'If it was not you, change your password, end all other sessions on the page Security and sign-in, then call support.',
};

export const factorAddedMessage = defineMessage<'name' | 'time'>('identity.factor-added', {
  vi: {
    subject: 'Đã thêm cách xác minh khi đăng nhập',
    body: `Lúc {time}, tài khoản của bạn có thêm cách xác minh "{name}". ${NOT_YOU.vi}`,
  },
  en: {
    subject: 'A way to prove who you are was added',
    body: `At {time} "{name}" was added to your account. ${NOT_YOU.en}`,
  },
});
export const factorRemovedMessage = defineMessage<'name' | 'time'>('identity.factor-removed', {
  vi: {
    subject: 'Đã gỡ cách xác minh khi đăng nhập',
    body: `Lúc {time}, cách xác minh "{name}" đã được gỡ khỏi tài khoản của bạn. ${NOT_YOU.vi}`,
  },
  en: {
    subject: 'A way to prove who you are was removed',
    body: `At {time} "{name}" was removed from your account. ${NOT_YOU.en}`,
  },
});
export const recoveryUsedMessage = defineMessage<'left' | 'time'>('identity.recovery-code-used', {
  vi: {
    subject: 'Đã dùng một mã khôi phục',
    body: `Lúc {time}, một mã khôi phục của bạn đã được dùng; còn lại {left} mã. ${NOT_YOU.vi}`,
  },
  en: {
    subject: 'A recovery code was used',
    body: `At {time} one of your recovery codes was used; {left} are left. ${NOT_YOU.en}`,
  },
});
export const newDeviceMessage = defineMessage<'device' | 'place' | 'time'>('identity.new-device', {
  vi: {
    subject: 'Đăng nhập từ thiết bị mới',
    body: `Lúc {time}, tài khoản của bạn được đăng nhập từ thiết bị chưa từng dùng: {device}, địa chỉ mạng {place}. ${NOT_YOU.vi}`,
  },
  en: {
    subject: 'Sign-in from a new device',
    body: `At {time} your account was signed in to from a device not used before: {device}, network address {place}. ${NOT_YOU.en}`,
  },
});
