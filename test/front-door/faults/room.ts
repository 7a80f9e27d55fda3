/** A room for so many at a time; the others wait in order. */
export class Room {
  private readonly waiting: (() => void)[] = [];

  constructor(private places: number) {}

  /** Resolves once there is a place, with what gives it back; only the first time counts. */
  async enter(): Promise<() => void> {
    if (this.places > 0) this.places -= 1;
    else await new Promise<void>((resolve) => this.waiting.push(resolve));
    let isIn = true;
    return () => {
      if (!isIn) return;
      isIn = false;
      const next = this.waiting.shift();
      if (next) next();
      else this.places += 1;
    };
  }
}
