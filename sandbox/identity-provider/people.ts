/** Somebody to sign in as, with the claims that Cổng DVCQG sends. All are invented. */
export interface StandInPerson {
  key: string;
  title: string;
  claims: Record<string, string | number>;
}

const person = (key: string, title: string, claims: StandInPerson['claims']): StandInPerson => ({
  key,
  title,
  claims: { sub: `dvcqg-${key}`, TechID: `TECH-${key.toUpperCase()}`, loAs: 2, ...claims },
});

export const people: readonly StandInPerson[] = [
  person('chau', 'Nguyễn Thị Minh Châu, đã có tài khoản ở Cổng', {
    HoVaTen: 'Nguyễn Thị Minh Châu',
    SoDinhDanh: '040190000017',
    NgaySinh: '12/05/1990',
    GioiTinh: 'Nữ',
    SoDienThoai: '0912000017',
  }),
  person('tu', 'Trần Văn Tú, chưa có tài khoản', {
    HoVaTen: 'Trần Văn Tú',
    SoDinhDanh: '040085001234',
    NgaySinh: '03/02/1985',
    GioiTinh: 'Nam',
    ThuDienTu: 'tu@example.vn',
  }),
  person('hoa', 'Lê Thị Hòa, chưa có tài khoản, không gửi ngày sinh', {
    HoVaTen: 'Lê Thị Hòa',
    SoDinhDanh: '040192005678',
  }),
  person('giam-doc', 'Phạm Văn Nam, đại diện Công ty TNHH Chè Thanh Chương', {
    HoVaTen: 'Phạm Văn Nam',
    SoDinhDanh: '040078009012',
    NgaySinh: '19780915',
    MaSoThue: '2900000020',
    MaSoDoanhNghiep: '2900000020',
    TenDoanhNghiep: 'Công ty TNHH Chè Thanh Chương',
  }),
  person('muc-1', 'Đặng Thị Mai, tài khoản định danh mức 1', {
    HoVaTen: 'Đặng Thị Mai',
    SoDinhDanh: '040199007777',
    NgaySinh: '01/01/1999',
    loAs: 1,
  }),
  person('nuoc-ngoai', 'John Smith, chỉ có hộ chiếu', { HoVaTen: 'John Smith', HoChieu: 'C01234567' }),
];
