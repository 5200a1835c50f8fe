import { readReply } from './attach-code';

describe('what the kernel answers', () => {
  it('is read from the text of an expression', () => {
    expect(readReply('{"v": 1, "attached": false}')).toEqual({
      v: 1,
      attached: false
    });
  });

  it.each([undefined, '', 'None', "{'v': 1}", '3', 'null'])(
    'is nothing when it is %p',
    text => {
      expect(readReply(text)).toBeNull();
    }
  );
});
